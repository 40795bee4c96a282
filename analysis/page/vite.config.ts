import { defineConfig } from 'vitest/config';
import { inline_plugin } from './plugins/inline';
import { world_plugin } from './plugins/world';

export default defineConfig({
  base: './',
  plugins: [world_plugin(), inline_plugin('report.html')],
  build: {
    target: 'es2020',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 1e6,
    chunkSizeWarningLimit: 2500,
    reportCompressedSize: false,
    emptyOutDir: true,
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60000,
    pool: 'threads',
  },
});
