/** TCP ports of this machine. */
import { connect, createServer } from 'node:net';

/** A port nobody listens on at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function answers(port, host) {
  return new Promise(resolve => {
    const socket = connect({ port, host });
    const finish = answer => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

/** Whether a program listens on the port, on IPv4 or IPv6. */
export async function inUse(port) {
  const found = await Promise.all([
    answers(port, '127.0.0.1'),
    answers(port, '::1'),
  ]);
  return found.includes(true);
}
