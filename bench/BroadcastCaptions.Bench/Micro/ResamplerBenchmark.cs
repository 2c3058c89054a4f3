using BenchmarkDotNet.Attributes;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Audio.Resampling;

namespace BroadcastCaptions.Bench.Micro;

/// <summary>What a tap delivers in ten milliseconds, to 16 kHz mono.</summary>
public class ResamplerBenchmark
{
    private const int BlocksPerSecond = 100;

    private readonly float[] _mono = new float[4096];
    private Resampler _resampler = null!;
    private float[] _block = [];

    /// <summary>Samples a second of what comes in.</summary>
    [Params(44_100, 48_000)]
    public int Rate { get; set; }

    /// <summary>Noise in two channels.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        _resampler = new Resampler(new AudioFormat(Rate, 2));
        _block = [.. Enumerable.Range(0, 2 * Rate / BlocksPerSecond).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>One block in, what it gives out.</summary>
    [Benchmark(Description = "resample 10 ms of stereo")]
    public int Resample()
    {
        _resampler.Write(_block);
        return _resampler.Read(_mono);
    }
}
