// The wires of the replica world: an HTTPS server behind a CONNECT proxy, both on loopback, that note all they are asked.
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'selfsigned';
import type { Answer, Site } from './answer.ts';
import { type Fault, spoil } from './faults.ts';

/** A request as it arrived, or a host that was refused. */
export interface Seen {
  host: string;
  /** With its query. Empty where the connection itself was refused. */
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
  /** When, ms since the epoch. */
  at: number;
  refused?: true;
}

/** Which requests a fault meets. Absent parts meet all. */
export interface FaultMatch {
  host?: string;
  /** Text: the whole path, its query may be left out. Pattern: tested on the path with its query. */
  path?: string | RegExp;
  /** So many requests, then it is over. */
  times?: number;
}

export interface Network {
  /** `http://127.0.0.1:PORT` */
  proxy: string;
  requests: Seen[];
  /** Switches a fault on; the newest that meets a request wins. Returns what takes it back. */
  fault(match: FaultMatch, fault: Fault): () => void;
  /** Closes everything, hanging connections too. */
  stop(): Promise<void>;
}

let certificate: Promise<{ key: string; cert: string }> | undefined;

/** One self-signed certificate a process, made when first needed. */
function certificateFor(hosts: string[]): Promise<{ key: string; cert: string }> {
  certificate ??= generate([{ name: 'commonName', value: 'replica world' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 86_400_000),
    notAfterDate: new Date(Date.now() + 30 * 86_400_000),
    extensions: [
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2 as const, value })) },
    ],
  }).then((made) => ({ key: made.private, cert: made.cert }));
  return certificate;
}

/** Opens the world's network for the given hosts; every other host is refused. */
export async function openNetwork(sites: ReadonlyMap<string, Site>): Promise<Network> {
  const requests: Seen[] = [];
  const faults: { match: FaultMatch; fault: Fault; left: number }[] = [];
  const sockets = new Set<Socket>();
  /** The browser's end of a tunnel, by the port at which the tunnel reaches the server. */
  const tunnels = new Map<number, Socket>();

  const faultFor = (host: string, path: string): Fault | undefined => {
    const met = faults.findLast(({ match, left }) => left > 0 && meets(match, host, path));
    if (met) met.left -= 1;
    return met?.fault;
  };

  const note = (request: IncomingMessage, host: string, path: string, refused?: true): void => {
    const { method = 'GET', headers } = request;
    requests.push({ host, path, method, headers, at: Date.now(), ...(refused ? { refused } : {}) });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    note(request, host, path);
    request.resume();
    const tunnel = tunnels.get(request.socket.remotePort ?? 0);
    const fault = faultFor(host, path);
    if (fault === 'hang') return;
    if (fault === 'reset') {
      tunnel?.resetAndDestroy();
      return;
    }
    if (typeof fault === 'object' && 'delay' in fault)
      await sleep(fault.delay, undefined, { ref: false });
    if (response.destroyed) return;
    const asked = {
      host,
      method,
      url: new URL(`https://${host}${path}`),
      headers: request.headers,
    };
    const real = sites.get(host)?.(asked) ?? { status: 421, headers: {}, body: '' };
    const answer = fault === undefined ? real : spoil(real, fault);
    if (fault === 'cut') sendHalf(response, answer);
    else send(response, answer, method);
  };

  const server = createSecureServer(
    await certificateFor([...sites.keys()]),
    (request, response) => {
      serve(request, response).catch((error: unknown) => {
        // A mistake in the world itself must be seen as one, not as a fault of a service.
        console.error(`Replica world: ${request.headers.host}${request.url}`, error);
        response.destroy();
      });
    },
  );
  const serverPort = await listen(server);

  const proxy = createServer((request, response) => {
    // A plain http:// address. The real hosts send it on to https.
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
    const path = url ? url.pathname + url.search : (request.url ?? '');
    if (url && sites.has(url.hostname)) {
      note(request, url.hostname, path);
      send(
        response,
        { status: 301, headers: { location: url.href.replace(/^http:/, 'https:') }, body: '' },
        'GET',
      );
      return;
    }
    note(request, url?.hostname ?? '', path, true);
    response.writeHead(403, { connection: 'close' }).end();
  });
  proxy.on('connect', (request: IncomingMessage, browser: Socket, head: Buffer) => {
    browser.on('error', () => browser.destroy());
    const [host = '', port] = (request.url ?? '').toLowerCase().split(':');
    if (!sites.has(host) || port !== '443') {
      note(request, host, '', true);
      browser.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const inner = connect(serverPort, '127.0.0.1', () => {
      const local = inner.localPort ?? 0;
      tunnels.set(local, browser);
      inner.on('close', () => tunnels.delete(local));
      browser.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) inner.write(head);
      inner.pipe(browser).pipe(inner);
    });
    inner.on('error', () => browser.destroy());
    inner.on('close', () => browser.destroy());
    browser.on('close', () => inner.destroy());
  });
  const proxyPort = await listen(proxy);

  for (const one of [server, proxy]) {
    one.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    one.on('clientError', (_error, socket) => socket.destroy());
  }

  return {
    proxy: `http://127.0.0.1:${proxyPort}`,
    requests,
    fault(match, fault) {
      const entry = { match, fault, left: match.times ?? Number.POSITIVE_INFINITY };
      faults.push(entry);
      return () => {
        const at = faults.indexOf(entry);
        if (at >= 0) faults.splice(at, 1);
      };
    },
    async stop() {
      const closed = [server, proxy].map((one) => new Promise((done) => one.close(done)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function meets(match: FaultMatch, host: string, path: string): boolean {
  if (match.host !== undefined && match.host !== host) return false;
  if (match.path === undefined) return true;
  if (typeof match.path === 'string')
    return match.path === path || match.path === path.split('?')[0];
  return path.search(match.path) >= 0;
}

function send(response: ServerResponse, answer: Answer, method: string): void {
  const body = Buffer.from(answer.body);
  const withBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(
    answer.status,
    withBody ? { ...answer.headers, 'content-length': body.length } : answer.headers,
  );
  response.end(withBody && method !== 'HEAD' ? body : undefined);
}

/** Promises the whole body, sends half of it, and ends the connection. */
function sendHalf(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length + 1 });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () =>
    response.socket?.destroySoon(),
  );
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  return (server.address() as AddressInfo).port;
}
