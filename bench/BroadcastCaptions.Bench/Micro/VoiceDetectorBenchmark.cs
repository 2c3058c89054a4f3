using BenchmarkDotNet.Attributes;
using BroadcastCaptions.Bench.Speed;
using BroadcastCaptions.Speech.Detection;

namespace BroadcastCaptions.Bench.Micro;

/// <summary>A step of the voice detector: 32 ms.</summary>
public class VoiceDetectorBenchmark : IDisposable
{
    private readonly float[] _window = new float[VoiceWindow.Samples];
    private SileroVad _vad = null!;
    private IVoiceDetector _detector = null!;

    /// <summary>Loads it; the model must have been fetched.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        for (var i = 0; i < _window.Length; i++) _window[i] = (random.NextSingle() - 0.5f) / 10;
        _vad = new SileroVad(Path.Combine(OwnEngine.Folder("silero-vad-v6"), "silero_vad_v6.onnx"));
        _detector = _vad.CreateDetector();
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _detector.Dispose();
        _vad.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The next window.</summary>
    [Benchmark(Description = "voice detector, 32 ms")]
    public float Next() => _detector.Next(_window);
}
