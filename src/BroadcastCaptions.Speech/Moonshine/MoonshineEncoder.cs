using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>Moonshine's encoder: samples in, about 41.5 states a second out. No padding: cost grows with the audio.</summary>
internal sealed class MoonshineEncoder : IDisposable
{
    private static readonly string[] Input = ["input_values"];
    private static readonly string[] Output = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly bool _ownsSession;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _inputs = new OrtValue[1];
    private float[] _samples = [];

    /// <summary>Loads an encoder.</summary>
    /// <exception cref="Failures.CaptionsException">The file is missing or damaged.</exception>
    public MoonshineEncoder(string path, SessionOptions options) => (_session, _ownsSession) = (Sessions.Load(path, options), true);

    private MoonshineEncoder(MoonshineEncoder first) => _session = first._session;

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public MoonshineEncoder Twin() => new(this);

    /// <summary>Encodes a segment. The caller disposes of the outcome.</summary>
    /// <param name="samples">16 kHz mono.</param>
    /// <param name="minimum">Shorter audio is filled up with silence to this many samples.</param>
    public OrtValue Encode(ReadOnlySpan<float> samples, int minimum)
    {
        var length = Math.Max(samples.Length, minimum);
        if (_samples.Length < length) _samples = GC.AllocateUninitializedArray<float>(length * 3 / 2, pinned: true);
        samples.CopyTo(_samples);
        _samples.AsSpan(samples.Length, length - samples.Length).Clear();
        using var input = OrtValue.CreateTensorValueFromMemory(_samples, [1, length]);
        _inputs[0] = input;
        return _session.Run(_run, Input, _inputs, Output)[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsSession) _session.Dispose();
        _run.Dispose();
    }
}
