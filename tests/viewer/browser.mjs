// A fresh headless Chromium and a page in it that writes down whatever a page of ours must not do.
import {createRequire} from 'node:module';
import {mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {tmpdir} from 'node:os';

const {chromium} = createRequire(join(process.env.TERCET_NODE_MODULES, 'x.js'))('playwright-core');

export async function withPage(file, act, seen = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.TERCET_CHROMIUM, headless: true, viewport: {width: 1366, height: 768}, acceptDownloads: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    const page = await context.newPage();
    Object.assign(seen, {requests: [], dialogs: [], errors: []});
    page.on('request', (request) => { if (!request.url().startsWith('blob:')) seen.requests.push(request.url()); });
    page.on('dialog', (dialog) => { seen.dialogs.push(dialog.message()); dialog.dismiss(); });
    page.on('pageerror', (error) => seen.errors.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') seen.errors.push(message.text()); });
    await page.addInitScript(() => {
      window.violations = [], window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries())).observe({type: 'longtask', buffered: true});
      addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
    });
    await page.goto('file://' + file);
    await page.waitForFunction('document.documentElement.dataset.ready === "true"', null, {timeout: 60000});
    return await act(page, seen);
  } finally {
    await context.close();
    rmSync(folder, {recursive: true, force: true});
  }
}
