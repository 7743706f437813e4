// What a delivery costs: node gas.mjs [--json FILE]. Needs the compiled contracts (./mvnw package).
//
// 100 validators of equal stake, a certificate of 67, token releases to holders that exist already; the gas of the
// whole transaction, from its receipt, divided by the messages it carries.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { AbiCoder, Contract, ContractFactory, JsonRpcProvider, SigningKey, Wallet, concat, dataSlice, getBytes, id, keccak256, solidityPacked, toBeHex, ZeroHash } from 'ethers';

const home = import.meta.dirname;
const abi = AbiCoder.defaultAbiCoder();

const SOURCE = 7001n;
const DESTINATION = 7002n;
const VALIDATORS = 100;
const SIGNERS = 67;
const BATCHES = [1, 8, 32, 128];
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

/** Starts a development chain and returns how to reach and to stop it. */
async function startChain() {
  const port = await findFreePort();
  const binary = path.join(home, 'node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil');
  const args = ['--silent', '--port', port, '--chain-id', DESTINATION, '--hardfork', 'prague', '--accounts', '1'];
  const process_ = spawn(binary, args.map(String), { stdio: 'ignore' });
  const provider = new JsonRpcProvider(`http://127.0.0.1:${port}`, Number(DESTINATION), {
    staticNetwork: true,
    pollingInterval: 20,
    batchMaxCount: 1,
    cacheTimeout: -1,
  });
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await provider.send('eth_chainId', []);
      break;
    } catch (e) {
      if (Date.now() > deadline || process_.exitCode !== null) {
        process_.kill();
        throw new Error('the chain does not answer', { cause: e });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return { provider, stop: () => { provider.destroy(); process_.kill(); } };
}

async function deploy(signer, name, ...args) {
  const file = (suffix) => fs.readFileSync(path.join(home, 'target/solidity', name + suffix), 'utf8');
  const contract = await new ContractFactory(file('.abi'), `0x${file('.bin')}`, signer).deploy(...args);
  await contract.waitForDeployment();
  return contract;
}

const done = async (transaction) => (await transaction).wait();

/** The source chain's validators: keys that are the same in every run, equal stakes. */
function createValidators() {
  const keys = Array.from({ length: VALIDATORS }, (_, i) => new SigningKey(id(`validator ${i}`)));
  return { keys, addresses: keys.map((key) => new Wallet(key).address), stakes: keys.map(() => 10n ** 18n) };
}

function signCertificate(validators, digest, sequence, header) {
  const signers = new Uint8Array(Math.ceil(VALIDATORS / 8));
  const signatures = [];
  for (let i = 0; i < SIGNERS; i++) {
    signers[i >> 3] |= 1 << (i & 7);
    signatures.push(validators.keys[i].sign(digest).compactSerialized);
  }
  return { epoch: 1n, sequence, header, signers, signatures: concat(signatures) };
}

const holder = (i) => toBeHex(HOLDER_SEED + i, 20);

function createEntry(world, index, recipient) {
  const payload = solidityPacked(
    ['uint64', 'address', 'uint256', 'address', 'address'],
    [SOURCE, world.homeToken, 1_234_567_890_123_456_789n, dataSlice(id('sender'), 12), recipient],
  );
  return {
    index,
    sender: world.peer,
    recipient: world.bridge.target,
    gasLimit: MESSAGE_GAS_LIMIT,
    flags: FLAG_RECEIPT,
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

/** Delivers that many messages in one transaction, each to another holder, and returns the gas it used. */
async function deliver(world, messages) {
  const entries = [];
  for (let i = 0; i < messages; i++) {
    const e = createEntry(world, ++world.count, holder(i));
    world.acc = keccak256(concat([world.acc, entryHash(e)]));
    entries.push(e);
  }
  const sequence = ++world.sequence;
  const header = id(`bundle ${sequence}`);
  const digest = await world.inbox.attestationDigest(SOURCE, 1n, sequence, world.count, world.acc, header);
  const certificate = signCertificate(world.validators, digest, sequence, header);
  const receipt = await done(world.inbox.deliver(SOURCE, entries, certificate, world.owner));
  const delivered = receipt.logs.map((log) => world.inbox.interface.parseLog(log)).find((log) => log?.name === 'Delivered');
  if (getBytes(delivered.args.outcomes).some((outcome) => outcome !== 1)) throw new Error('a message failed');
  return Number(receipt.gasUsed);
}

async function createWorld(provider) {
  const signer = await provider.getSigner(0);
  const owner = await signer.getAddress();
  const validators = createValidators();
  const outbox = await deploy(signer, 'Outbox', owner);
  const verifier = await deploy(signer, 'EcdsaCertificateVerifier');
  const inbox = await deploy(signer, 'Inbox', outbox.target, verifier.target, owner);
  await done(outbox.setInbox(inbox.target));
  const u = 33n * 10n ** 18n;
  await done(inbox.addSource(SOURCE, 1n, validators.addresses, validators.stakes, u, u));
  const bridge = await deploy(signer, 'TokenBridge', outbox.target, inbox.target, owner);
  const peer = dataSlice(id('bridge on the source'), 12);
  const homeToken = dataSlice(id('token on the source'), 12);
  await done(bridge.bindPeer(SOURCE, peer));
  await done(bridge.registerWrapped(SOURCE, homeToken, 'Bridged', 'B', 18));
  return { owner, validators, outbox, inbox, bridge, peer, homeToken, count: 0n, sequence: 0n, acc: ZeroHash };
}

async function measure() {
  const chain = await startChain();
  try {
    const world = await createWorld(chain.provider);
    // Every holder gets something first, and every counter leaves zero: what is measured is the steady state.
    await deliver(world, Math.max(...BATCHES));
    const gas = {};
    for (const messages of BATCHES) gas[messages] = await deliver(world, messages);
    return gas;
  } finally {
    chain.stop();
  }
}

const jsonAt = process.argv.indexOf('--json');
const gas = await measure();
console.log('messages  gas of the transaction  gas a message');
for (const messages of BATCHES) {
  const share = Math.ceil(gas[messages] / messages);
  console.log(`${String(messages).padStart(8)}  ${String(gas[messages]).padStart(22)}  ${String(share).padStart(13)}`);
}
if (jsonAt > 0) {
  const perMessageGas = Object.fromEntries(BATCHES.map((messages) => [messages, Math.ceil(gas[messages] / messages)]));
  fs.writeFileSync(process.argv[jsonAt + 1], `${JSON.stringify({ perMessageGas }, null, 2)}\n`);
}
