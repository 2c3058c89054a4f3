using BenchmarkDotNet.Attributes;
using BroadcastCaptions.Bench.Speed;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Bench.Micro;

/// <summary>Moonshine's rewritten decoder on five seconds, one thread. What is said does not change what a step takes: noise will do.</summary>
public class DecoderStepBenchmark : IDisposable
{
    private const int Seconds = 5, Known = 24;

    private SessionOptions _options = null!;
    private MoonshineEncoder _encoder = null!;
    private IntegerDecoder _decoder = null!;
    private OrtValue _states = null!;
    private int _position;

    /// <summary>The model; it must have been fetched.</summary>
    [Params("moonshine-tiny", "moonshine-base")]
    public string Model { get; set; } = "";

    /// <summary>Loads it, and encodes.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var (outcome, files) = ModelRewriter.Open(MoonshineFiles.In(OwnEngine.Folder(Model)));
        if (files is null) throw new InvalidOperationException(outcome.Reason);
        var random = new Random(1);
        _options = Sessions.Options(threads: 1);
        _encoder = new MoonshineEncoder(files.Encoder, _options);
        _decoder = new IntegerDecoder(files.Decoder);
        _states = _encoder.Encode([.. Enumerable.Range(0, Seconds * VoiceWindow.SampleRate).Select(_ => (random.NextSingle() - 0.5f) / 10)], 0);
        _decoder.Attend(_states, (int)_states.GetTensorTypeAndShape().Shape[1], 2 * Known);
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _states.Dispose();
        _decoder.Dispose();
        _encoder.Dispose();
        _options.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The next token's logits, each behind one more token until they begin anew.</summary>
    [Benchmark(Description = "decoder step")]
    public float Step()
    {
        if (_position++ % Known == 0) _decoder.Keep(0);
        return _decoder.Step(300 + (_position % Known))[0];
    }
}
