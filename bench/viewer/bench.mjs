// usage: bench.mjs PAGE: seconds until a page is drawn, and for 100 steps of panning, each drawn.
import {withPage} from '../../tests/viewer/browser.mjs';

const start = performance.now();
await withPage(process.argv[2], async (page) => {
  const drawn = (performance.now() - start) / 1000;
  const result = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const begin = performance.now();
    let longest = 0;
    for (let step = 0; step < 100; ++step) {
      const before = performance.now();
      tercet.page.view.pan(step % 20 < 10 ? 9 : -9, step % 2 ? 4 : -4);
      await frame();
      longest = Math.max(longest, performance.now() - before);
    }
    await new Promise((done) => setTimeout(done, 100));
    const tasks = performance.getEntriesByType('longtask').length > 0 ? performance.getEntriesByType('longtask') : window.longTasks ?? [];
    return {pan: (performance.now() - begin - 100) / 1000, longest: longest / 1000, engine: tercet.page.view.name,
      nodes: tercet.page.shown().nodes.reduce((a, b) => a + b, 0), edges: tercet.page.shown().edges.reduce((a, b) => a + b, 0),
      task: Math.max(0, ...tasks.map((task) => task.duration)) / 1000};
  });
  const all = drawn + result.pan;
  console.log(result.nodes + ' things, ' + result.edges + ' links by ' + result.engine + ': browser and page ' + drawn.toFixed(2) +
    ' s, 100 steps ' + result.pan.toFixed(2) + ' s, together ' + all.toFixed(2) + ' s; longest step ' + result.longest.toFixed(2) +
    ' s, longest task ' + result.task.toFixed(2) + ' s');
  process.exitCode = all < 15 ? 0 : 1;
});
