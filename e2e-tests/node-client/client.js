// A gRPC client in another language than the server's: runs a task, streams one, reads an error, asks for health.
// Usage: node client.js HOST:PORT DESCRIPTOR_SET
const fs = require('fs');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [address, descriptors] = process.argv.slice(2);
const definitions = loader.loadFileDescriptorSetFromBuffer(fs.readFileSync(descriptors), {enums: String, defaults: true});
const {pinfactory} = grpc.loadPackageDefinition(definitions);
const swarm = new pinfactory.v1.SwarmService(address, grpc.credentials.createInsecure());
const deadline = () => ({deadline: Date.now() + 20000});
const task = {
  instruction: 'In which language is this message written, and is its tone positive or negative?',
  inputs: [{name: 'message', type: 'text', text: 'The delivery was fast and the lamp is wonderful, thank you!'}],
};

const run = () => new Promise((resolve, reject) =>
  swarm.RunTask({task}, deadline(), (error, response) => error ? reject(error) : resolve(response.result)));

const stream = () => new Promise((resolve, reject) => {
  let ended;
  swarm.StreamTask({task}, deadline())
    .on('data', ({event}) => { if (event.ended) ended = event.ended; })
    .on('error', reject)
    .on('end', () => resolve(ended));
});

const refused = () => new Promise((resolve, reject) =>
  swarm.RunTask({task: {instruction: ''}}, deadline(), error => error ? resolve(error) : reject(new Error('was accepted'))));

const health = () => new Promise((resolve, reject) => {
  const method = {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: () => Buffer.alloc(0),
    responseDeserialize: bytes => bytes,
  };
  new grpc.Client(address, grpc.credentials.createInsecure()).makeUnaryRequest(
    method.path, method.requestSerialize, method.responseDeserialize, {}, new grpc.Metadata(), deadline(),
    (error, bytes) => error ? reject(error) : resolve(bytes[1] === 1 ? 'SERVING' : 'NOT_SERVING'));
});

(async () => {
  console.log('run', (await run()).status);
  console.log('stream ended', (await stream()).status);
  console.log('error', grpc.status[(await refused()).code]);
  console.log('health', await health());
  process.exit(0);
})().catch(error => {
  console.error(error);
  process.exit(1);
});
