// Queue depth and lag of every connection, drawn from the samples of the ledger. One colour per connection, the same on every page.
(() => {
  'use strict';
  const MINUTE = 60000;

  document.addEventListener('DOMContentLoaded', () => {
    const section = document.querySelector('[data-samples]');
    if (!section || !window.Chart) {
      return;
    }
    const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const charts = [];
    const hidden = new Set();

    const draw = (canvas, answer) => {
      const what = canvas.dataset.chart;
      const datasets = answer.series.map(series => ({
        label: series.label,
        data: series.points.map(point => ({ x: Date.parse(point.at), y: point[what] })),
        borderColor: style('--c' + series.colour % 8),
        backgroundColor: style('--c' + series.colour % 8),
        borderWidth: 1.5, pointRadius: series.points.length < 3 ? 3 : 0, tension: 0, hidden: hidden.has(series.label)
      }));
      const known = charts.find(chart => chart.canvas === canvas);
      if (known) {
        known.data.datasets = datasets;
        known.options.scales.x.min = Date.parse(answer.since);
        known.options.scales.x.max = Date.parse(answer.until);
        known.update('none');
        return;
      }
      const day = Date.parse(answer.until) - Date.parse(answer.since) > 7200000;
      charts.push(new window.Chart(canvas, {
        type: 'line',
        data: { datasets },
        options: {
          animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
          interaction: { mode: 'nearest', axis: 'x', intersect: false },
          plugins: { legend: { display: false }, tooltip: { callbacks: {
            title: items => items.length ? new Date(items[0].parsed.x).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' }) : '' } } },
          scales: {
            x: { type: 'linear', min: Date.parse(answer.since), max: Date.parse(answer.until), grid: { color: style('--rule') },
              ticks: { color: style('--muted'), maxRotation: 0, stepSize: day ? 14400000 : 600000, includeBounds: false,
                callback: at => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) } },
            y: { beginAtZero: true, suggestedMax: 5, grid: { color: style('--rule') }, ticks: { color: style('--muted'), precision: 0, maxTicksLimit: 5 } }
          }
        }
      }));
    };

    // each name turns its line on and off
    const legend = answer => {
      const place = document.getElementById('legend');
      place.replaceChildren(...answer.series.map(series => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'quiet c' + series.colour % 8;
        button.textContent = series.label;
        button.setAttribute('aria-pressed', String(!hidden.has(series.label)));
        button.addEventListener('click', () => {
          hidden.has(series.label) ? hidden.delete(series.label) : hidden.add(series.label);
          button.setAttribute('aria-pressed', String(!hidden.has(series.label)));
          charts.forEach(chart => {
            chart.data.datasets.forEach(set => { set.hidden = hidden.has(set.label); });
            chart.update('none');
          });
        });
        return button;
      }));
    };

    const load = async () => {
      try {
        const answer = await fetch(section.dataset.samples, { redirect: 'manual' });
        if (answer.ok) {
          const samples = await answer.json();
          document.getElementById('no-samples').hidden = samples.series.some(series => series.points.length > 0);
          legend(samples);
          section.querySelectorAll('canvas').forEach(canvas => draw(canvas, samples));
        }
      } catch (e) {
        // tried again in a minute
      }
    };
    load();
    setInterval(load, MINUTE);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      charts.splice(0).forEach(chart => chart.destroy());
      load();
    });
  });
})();
