// Opens pages in Chromium with the npm package playwright-core and prints as JSON what is wrong with each.
//
// Reads {"pages": [file], "tags": [tag], "pdf": folder}; of each page: violations that axe-core finds, light and dark, as wide as a
// telephone and as a desk; sideways scrolling on a telephone; what is fetched; whether the keyboard meets the skip link
// first; whether the contents lead somewhere with scripts off. Prints each page to PDF/NAME.pdf.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const WIDTHS = [320, 1280];
const SCHEMES = ['light', 'dark'];

async function looked(browser, file, wrong) {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const where = `${colorScheme}, ${width} px`;
      // The page forbids all scripts, those of axe too.
      const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      await page.goto(`file://${file}`);
      const scroll = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      if (scroll[0] > scroll[1]) wrong.push(`${where}: ${scroll[0]} px broad`);
      await page.evaluate(axe);
      const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), given.tags);
      for (const { id, nodes } of found.violations) {
        wrong.push(`${where}: ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' ')}`);
      }
      await context.close();
    }
  }
}

async function used(browser, file, wrong) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  page.on('request', (request) => request.url() === `file://${file}` || wrong.push(`fetches ${request.url()}`));
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  await page.goto(`file://${file}`);
  await page.keyboard.press('Tab');
  const skip = page.locator('a:focus');
  const main = `#${await page.locator('main').getAttribute('id')}`;
  if ((await skip.getAttribute('href')) !== main || (await skip.boundingBox()).y < 0) {
    wrong.push('the first tab does not show the skip link');
  }
  await page.keyboard.press('Enter');
  const links = page.locator('nav a');
  if (await links.count()) {
    const to = await links.last().getAttribute('href');
    await links.last().click();
    const box = await page.locator(to).boundingBox();
    if (!box || box.y < -1 || box.y > 640) wrong.push(`${to} does not come to be seen`);
  }
  await page.pdf({ path: path.join(given.pdf, `${path.basename(file, '.html')}.pdf`), preferCSSPageSize: true, tagged: true });
  await context.close();
}

(async () => {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  const result = {};
  for (const file of given.pages) {
    const wrong = [];
    await looked(browser, file, wrong);
    await used(browser, file, wrong);
    result[path.basename(file, '.html')] = wrong;
  }
  await browser.close();
  process.stdout.write(JSON.stringify(result));
})();
