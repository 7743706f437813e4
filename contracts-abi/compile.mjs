// Compiles the contracts to target/solidity/NAME.abi and NAME.bin; any warning in our own sources is an error.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const home = import.meta.dirname;
const solc = createRequire(import.meta.url)('solc');
const sourceDirectory = path.join(home, 'src/main/solidity');
const target = path.join(home, 'target/solidity');

/** What solc is told, here and in foundry.toml alike. */
const settings = {
  viaIR: true,
  evmVersion: 'prague',
  optimizer: { enabled: true, runs: 10_000 },
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
};

/** EIP-170: longer code can't be deployed. */
const deployedBytesMax = 24_576;

function readSources() {
  const files = fs.readdirSync(sourceDirectory, { recursive: true }).filter((name) => name.endsWith('.sol'));
  return Object.fromEntries(
    files.sort().map((name) => [name, { content: fs.readFileSync(path.join(sourceDirectory, name), 'utf8') }]),
  );
}

function readImport(name) {
  const file = path.join(home, 'node_modules', name);
  return fs.existsSync(file) ? { contents: fs.readFileSync(file, 'utf8') } : { error: `${name} is not there: run npm ci` };
}

const sources = readSources();
const output = JSON.parse(
  solc.compile(JSON.stringify({ language: 'Solidity', sources, settings }), { import: readImport }),
);
const complaints = (output.errors ?? []).filter(
  (complaint) => complaint.severity === 'error' || complaint.sourceLocation?.file in sources,
);
for (const complaint of complaints) console.error(complaint.formattedMessage);
if (complaints.length > 0) process.exit(1);

fs.rmSync(target, { recursive: true, force: true });
fs.mkdirSync(target, { recursive: true });
for (const file of Object.keys(sources)) {
  for (const [name, contract] of Object.entries(output.contracts[file] ?? {})) {
    const deployedBytes = contract.evm.deployedBytecode.object.length / 2;
    if (deployedBytes > deployedBytesMax) {
      console.error(`${name} has ${deployedBytes} bytes of code, ${deployedBytesMax} can be deployed`);
      process.exit(1);
    }
    fs.writeFileSync(path.join(target, `${name}.abi`), JSON.stringify(contract.abi));
    fs.writeFileSync(path.join(target, `${name}.bin`), contract.evm.bytecode.object);
  }
}
fs.writeFileSync(path.join(target, 'compiled'), '');
