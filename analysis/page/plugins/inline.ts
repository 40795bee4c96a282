// Build step: scripts and styles go into the page itself, so that the page is one file and asks for nothing.
import type { Plugin } from 'vite';

/** Text that may stand between <script> and </script>. */
function script_safe(code: string): string {
  return code.replace(/<\/script/gi, '<\\/script').replace(/<!--/g, '<\\!--');
}

/** Puts every chunk and style sheet into the HTML and names the result `file_name`. */
export function inline_plugin(file_name: string): Plugin {
  return {
    name: 'berylia-inline',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = Object.values(bundle).find((item) => item.fileName.endsWith('.html'));
      if (!page || page.type !== 'asset') throw new Error('the build made no HTML page');
      let text = String(page.source);
      for (const item of Object.values(bundle)) {
        const name = item.fileName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        if (item.type === 'chunk') {
          text = text.replace(new RegExp(`\\s*<script[^>]*${name}[^>]*></script>`), '');
          text = text.replace('</body>', () => `<script type="module">${script_safe(item.code)}</script>\n</body>`);
        } else if (item.fileName.endsWith('.css')) {
          text = text.replace(new RegExp(`<link[^>]*${name}[^>]*>`), () => `<style>${String(item.source)}</style>`);
        } else {
          continue;
        }
        delete bundle[item.fileName];
      }
      delete bundle[page.fileName];
      this.emitFile({ type: 'asset', fileName: file_name, source: text });
    },
  };
}
