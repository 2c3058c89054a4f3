// sherpa-onnx over a list of jobs, as captions-bench does them: see bench/BroadcastCaptions.Bench/Speed/JobList.cs.
// node sherpa.cjs JOBS.json MODEL_FOLDER TOKENS.txt THREADS; sherpa-onnx-node is found by NODE_PATH (bench/peers fetches it).
const fs = require('fs');
const path = require('path');
const sherpa = require('sherpa-onnx-node');

const [list, model, tokens, threads] = process.argv.slice(2);
const jobs = JSON.parse(fs.readFileSync(list, 'utf8')).jobs.map(job => {
  const bytes = fs.readFileSync(job.samples);
  return { ...job, samples: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) };
});
const recognizer = new sherpa.OfflineRecognizer({
  featConfig: { sampleRate: 16000, featureDim: 80 },
  modelConfig: {
    moonshine: { encoder: path.join(model, 'encoder_model.onnx'), mergedDecoder: path.join(model, 'decoder_model_merged.onnx') },
    tokens, numThreads: Number(threads), provider: 'cpu', debug: false,
  },
});

function recognize(samples) {
  const stream = recognizer.createStream();
  stream.acceptWaveform({ samples, sampleRate: 16000 });
  recognizer.decode(stream);
  return recognizer.getResult(stream).text;
}

function run(job) {
  let text = '';
  for (const call of job.calls) text = recognize(job.samples.slice(job.start, job.start + call.length)); // each anew: it knows no previous hypothesis
  return text;
}

jobs.slice(0, 3).forEach(run); // warm
const [cpu, began] = [process.cpuUsage(), process.hrtime.bigint()];
const texts = jobs.map(run);
const wall = Number(process.hrtime.bigint() - began) / 1e9;
const used = process.cpuUsage(cpu);
console.log(JSON.stringify({ wall, cpu: (used.user + used.system) / 1e6, texts }));
