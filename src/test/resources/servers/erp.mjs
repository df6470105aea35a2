// An ERP on Node's own HTTP server, with the headers that server sends by itself. Upserts sales orders by external id, and tells who called when.
import http from 'node:http';

const orders = new Map();
const calls = [];
const server = http.createServer((request, response) => {
  const at = performance.now();
  request.resume();
  request.on('end', () => {
    if (request.url === '/report') {
      response.end(JSON.stringify({ calls, orders: orders.size, twice: [...orders.values()].filter((times) => times > 1).length }));
      return;
    }
    const id = decodeURIComponent(new URL(request.url, 'http://x').pathname.split('/').pop());
    orders.set(id, (orders.get(id) ?? 0) + 1);
    response.writeHead(204, { Location: `/services/rest/record/v1/salesOrder/${orders.size}` });
    response.end(() => calls.push([at, performance.now()]));
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
