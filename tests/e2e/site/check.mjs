// Opens pages of the site in a real Chromium: `check.mjs MODULES CHROMIUM SITE [SHOTS]`.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { start } from '../html/browser.mjs';

const [modules, executablePath, site, shots] = process.argv.slice(2).map((folder) => path.resolve(folder));
const { hold, blank, accessible, end } = await start(modules, executablePath);
const pages = ['index', 'tutorial', 'rules/backup', 'proposal/change', 'configuration'];

const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.png': 'image/png' };
const server = createServer((request, response) => {
  const file = path.join(site, decodeURIComponent(new URL(request.url, 'http://site').pathname));
  try {
    const body = readFileSync(file);
    response.writeHead(200, { 'content-type': kinds[path.extname(file)] ?? 'application/octet-stream' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
const origin = `http://127.0.0.1:${server.address().port}`;

async function open(name, options) {
  const { asked, refused, ...opened } = await blank(options);
  await opened.page.goto(`${origin}/${name}.html`, { waitUntil: 'load' });
  await opened.page.waitForTimeout(200);
  return { strange: [...asked.filter((address) => !address.startsWith(`${origin}/`)), ...refused], ...opened };
}

for (const name of pages) {
  for (const colorScheme of ['light', 'dark']) {
    const { page, context, said, strange } = await open(name, { colorScheme });
    hold(name, 'it says something', said.length === 0, said);
    hold(name, 'it asks for what is not of the site, or not there', strange.length === 0, strange);
    if (shots) await page.screenshot({ path: path.join(shots, `${name.replace('/', '-')}-${colorScheme}.png`) });
    await accessible(page, name, colorScheme);
    await context.close();
  }
}

/* No wider than a phone: tables and blocks scroll by themselves. */
for (const name of pages) {
  const { page, context } = await open(name, { viewport: { width: 390, height: 844 } });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  hold(name, 'it is wider than a phone', width <= 390, width);
  if (shots) await page.screenshot({ path: path.join(shots, `${name.replace('/', '-')}-phone.png`) });
  await context.close();
}

/* What is looked for is found: a rule by its name. */
const { page, context } = await open('index', {});
await page.keyboard.press('s');
await page.keyboard.type('restore-tested', { delay: 20 });
const found = await page.waitForSelector('#mdbook-searchresults li a, #searchresults li a', { timeout: 10_000 }).then((link) => link.innerText(), () => '');
hold('index', 'a rule is found', found.length > 0, found);
await context.close();

server.close();
await end('every page that was opened holds');
