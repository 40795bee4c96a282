// Writes the built page with the fixture's data: npm run fixture -- OUT.html
import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixture } from './fixture';
import { page_address } from './page';

const target = process.argv[2];
if (!target) throw new Error('no file to write: npm run fixture -- OUT.html');
copyFileSync(fileURLToPath(page_address(fixture())), resolve(process.env.INIT_CWD ?? '.', target));
