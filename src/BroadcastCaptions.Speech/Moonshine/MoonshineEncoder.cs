using BroadcastCaptions.Speech.Models;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>Moonshine's encoder: samples in, about 41.5 states a second out. No padding: cost grows with the audio.</summary>
internal sealed class MoonshineEncoder(string path, SessionOptions options) : IDisposable
{
    private static readonly string[] Input = ["input_values"];
    private static readonly string[] Output = ["last_hidden_state"];

    private readonly InferenceSession _session = Sessions.Load(path, options);
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _inputs = new OrtValue[1];
    private float[] _samples = [];

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
        _session.Dispose();
        _run.Dispose();
    }
}
