import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import {
  listeningInodes,
  ownerOf,
  requireFreePort,
  takenMessage,
} from './ports.mjs';

let server;
let port;

before(async () => {
  server = createServer();
  await new Promise(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = server.address().port;
});

after(() => server.close());

test('a taken port says what needs it, who has it and the ways out', () => {
  const owner = { pid: 42, command: 'node server.js' };
  assert.equal(
    takenMessage(7007, 'the portal', owner, 'take another.'),
    'Failed: port 7007, which the portal needs, is taken by process 42: node server.js\nWhat to do: stop that program, or take another.',
  );
  assert.match(
    takenMessage(7007, 'the portal', undefined, 'take another.'),
    /is taken by another program\n/,
  );
});

test('a port that somebody listens on is refused', async () => {
  await assert.rejects(requireFreePort(port, 'the portal', 'x'), {
    name: 'StepError',
    message: new RegExp(`port ${port}, which the portal needs, is taken`),
  });
});

test('a port that nobody listens on is fine', async () => {
  const other = createServer();
  await new Promise(resolve => {
    other.listen(0, '127.0.0.1', resolve);
  });
  const free = other.address().port;
  await new Promise(resolve => {
    other.close(resolve);
  });
  await requireFreePort(free, 'the portal', 'x');
});

test(
  'the owner is the process that listens',
  { skip: process.platform !== 'linux' },
  async () => {
    const owner = await ownerOf(port);
    assert.equal(owner.pid, process.pid);
    assert.match(owner.command, /node/);
  },
);

test('of the sockets in /proc/net/tcp only the listening ones of the port count', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1B5F 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0 100 0 0 10 0',
    '   1: 0100007F:1B5F 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0 20 4 30 10 -1',
    '   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0 100 0 0 10 0',
  ].join('\n');
  assert.deepEqual(listeningInodes(table, 7007), ['111']);
});
