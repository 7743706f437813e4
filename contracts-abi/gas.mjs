// What a delivery costs: node gas.mjs [--json FILE]. Needs the compiled contracts (./mvnw package).
//
// 100 validators of equal stake, a certificate of 67, token releases to a holder that exists already; the gas of the whole
// transaction, from its receipt, divided by the messages it carries. Beside it, what is dearer: each release to a holder of
// its own, and the outcome reported back.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbiCoder, Interface, SigningKey, computeAddress, concat, dataSlice, getBytes, id, keccak256, solidityPacked, toBeHex, ZeroHash,
} from 'ethers';

const home = import.meta.dirname;
const abi = AbiCoder.defaultAbiCoder();

const SOURCE = 7001n;
const DESTINATION = 7002n;
const VALIDATORS = 100;
const SIGNERS = 67;
const BATCHES = [1, 8, 32, 128];
// What the sender wants to hear of: of a failure only, or of the outcome always.
const FLAG_REFUND = 2n;
const FLAG_RECEIPT = 1n;
const MESSAGE_GAS_LIMIT = 200_000n;
const HOLDER_SEED = 1_000_000;

async function findFreePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a development chain and returns how to call and to stop it. */
async function startChain() {
  const port = await findFreePort();
  const binary = path.join(home, 'node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil');
  const args = ['--silent', '--port', port, '--chain-id', DESTINATION, '--hardfork', 'prague', '--accounts', '1'];
  const child = spawn(binary, args.map(String), { stdio: 'ignore' });
  const stop = () => child.kill();
  process.once('exit', stop);
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      const [owner] = await rpc(port, 'eth_accounts', []);
      return { owner, rpc: (method, ...params) => rpc(port, method, params), stop };
    } catch (e) {
      if (Date.now() > deadline || child.exitCode !== null) throw new Error('the chain does not answer', { cause: e });
      await sleep(50);
    }
  }
}

async function rpc(port, method, params) {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message} ${error.data ?? ''}`);
  return result;
}

/** Sends a transaction and waits for its receipt. */
async function transact(chain, to, data) {
  const hash = await chain.rpc('eth_sendTransaction', { from: chain.owner, to, data });
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const receipt = await chain.rpc('eth_getTransactionReceipt', hash);
    if (receipt?.status === '0x1') return receipt;
    if (receipt) throw new Error(`transaction ${hash} failed`);
    await sleep(10);
  }
  throw new Error(`transaction ${hash} is not mined`);
}

/** A deployed contract: `send` a transaction to it, `read` an answer from it. */
async function deploy(chain, name, ...args) {
  const file = (suffix) => fs.readFileSync(path.join(home, 'target/solidity', name + suffix), 'utf8');
  const face = new Interface(file('.abi'));
  const { contractAddress: address } = await transact(chain, undefined, concat([`0x${file('.bin')}`, face.encodeDeploy(args)]));
  return {
    address,
    face,
    send: (method, ...params) => transact(chain, address, face.encodeFunctionData(method, params)),
    read: async (method, ...params) => {
      const data = face.encodeFunctionData(method, params);
      return face.decodeFunctionResult(method, await chain.rpc('eth_call', { to: address, data }, 'latest'))[0];
    },
  };
}

/** The source chain's validators: keys that are the same in every run, equal stakes. */
function createValidators() {
  const keys = Array.from({ length: VALIDATORS }, (_, i) => new SigningKey(id(`validator ${i}`)));
  return { keys, addresses: keys.map((key) => computeAddress(key)), stakes: keys.map(() => 10n ** 18n) };
}

function signCertificate(validators, digest, sequence, header) {
  const signers = new Uint8Array(Math.ceil(VALIDATORS / 4));
  const signatures = [];
  for (let i = 0; i < SIGNERS; i++) {
    const { r, s, yParity } = validators.keys[i].sign(digest);
    signers[i >> 2] |= (2 + yParity) << (6 - 2 * (i & 3));
    signatures.push(r, s);
  }
  return { epoch: 1n, sequence, header, signers, signatures: concat(signatures) };
}

const holder = (i) => toBeHex(HOLDER_SEED + i, 20);

function createEntry(world, index, recipient, flags) {
  const payload = solidityPacked(
    ['uint64', 'address', 'uint256', 'address', 'address'],
    [SOURCE, world.homeToken, 1_234_567_890_123_456_789n, dataSlice(id('sender'), 12), recipient],
  );
  return {
    index,
    sender: world.peer,
    recipient: world.bridge.address,
    gasLimit: MESSAGE_GAS_LIMIT,
    flags,
    deadline: 0n,
    fee: 0n,
    payload,
  };
}

const ENTRY_WORDS = ['uint64', 'uint64', 'uint64', 'address', 'address', 'uint32', 'uint8', 'uint64', 'uint96', 'bytes32'];

function entryHash(e) {
  return keccak256(
    abi.encode(ENTRY_WORDS, [
      SOURCE, DESTINATION, e.index, e.sender, e.recipient, e.gasLimit, e.flags, e.deadline, e.fee, keccak256(e.payload),
    ]),
  );
}

/** Delivers that many messages in one transaction to so many holders in turn, and returns the gas it used. */
async function deliver(world, messages, holders, flags) {
  const entries = [];
  for (let i = 0; i < messages; i++) {
    const e = createEntry(world, ++world.count, holder(i % holders), flags);
    world.acc = keccak256(concat([world.acc, entryHash(e)]));
    entries.push(e);
  }
  const sequence = ++world.sequence;
  const header = id(`bundle ${sequence}`);
  const digest = await world.inbox.read('attestationDigest', SOURCE, 1n, sequence, world.count, world.acc, header);
  const certificate = signCertificate(world.validators, digest, sequence, header);
  const receipt = await world.inbox.send('deliver', SOURCE, entries, certificate, world.owner);
  const delivered = receipt.logs.map((log) => world.inbox.face.parseLog(log)).find((log) => log?.name === 'Delivered');
  if (getBytes(delivered.args.outcomes).some((outcome) => outcome !== 1)) throw new Error('a message failed');
  return Number(receipt.gasUsed);
}

async function createWorld(chain) {
  const { owner } = chain;
  const validators = createValidators();
  const outbox = await deploy(chain, 'Outbox', owner);
  const inbox = await deploy(chain, 'Inbox', outbox.address, owner);
  await outbox.send('setInbox', inbox.address);
  const u = 33n * 10n ** 18n;
  await inbox.send('addSource', SOURCE, 1n, validators.addresses, validators.stakes, u, u);
  const bridge = await deploy(chain, 'TokenBridge', outbox.address, inbox.address, owner);
  const peer = dataSlice(id('bridge on the source'), 12);
  const homeToken = dataSlice(id('token on the source'), 12);
  await bridge.send('bindPeer', SOURCE, peer);
  await bridge.send('registerWrapped', SOURCE, homeToken, 'Bridged', 'B', 18);
  return { owner, validators, outbox, inbox, bridge, peer, homeToken, count: 0n, sequence: 0n, acc: ZeroHash };
}

async function measure() {
  const chain = await startChain();
  try {
    const world = await createWorld(chain);
    // Every holder gets something first, and every counter leaves zero: what is measured is the steady state.
    await deliver(world, Math.max(...BATCHES), Math.max(...BATCHES), FLAG_RECEIPT);
    const rows = [];
    for (const messages of BATCHES) {
      rows.push({
        messages,
        gas: await deliver(world, messages, 1, FLAG_REFUND),
        gasToManyHolders: await deliver(world, messages, messages, FLAG_REFUND),
        gasWithReceipt: await deliver(world, messages, 1, FLAG_RECEIPT),
      });
    }
    return rows;
  } finally {
    chain.stop();
  }
}

const share = (gas, messages) => Math.ceil(gas / messages);
const help = `Usage: mallard gas [--json FILE]
Measures what a delivery costs a message, with a certificate of 67 of 100 equal validators.
  --json FILE   writes it as JSON too`;

function fail(message) {
  console.error(`mallard: ${message}\nSee ./mallard gas --help`);
  process.exit(2);
}

/** The file that --json names, if it does; anything else is refused before the long work. */
function jsonFile(args) {
  if (args.length === 0) return undefined;
  if (args[0] !== '--json') fail(`gas does not know '${args[0]}'`);
  if (args.length !== 2) fail('--json takes one FILE');
  if (!fs.existsSync(path.dirname(path.resolve(args[1])))) {
    fail(`cannot write ${args[1]}: its folder does not exist; make it first`);
  }
  return args[1];
}

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(help);
  process.exit(0);
}
const json = jsonFile(args);
const rows = await measure();
console.log('gas per message (and of the transaction)');
console.log('messages            to one holder          to many holders           with a receipt');
for (const { messages, ...gas } of rows) {
  const cells = Object.values(gas).map((value) => `${share(value, messages)} (${value})`.padStart(25));
  console.log(String(messages).padStart(8) + cells.join(''));
}
if (json) {
  const column = (name) => Object.fromEntries(rows.map((row) => [row.messages, share(row[name], row.messages)]));
  const report = {
    perMessageGas: column('gas'),
    perMessageGasToManyHolders: column('gasToManyHolders'),
    perMessageGasWithReceipt: column('gasWithReceipt'),
  };
  fs.writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
}
