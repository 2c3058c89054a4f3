using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine.Convolving;
using BroadcastCaptions.Speech.Rewriting;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>
/// Moonshine's encoder: samples in, about 41.5 states a second out. No padding: cost grows with the audio. A shipped one is a graph; a rewritten one's
/// graph begins behind the convolutions, which are ours.
/// </summary>
internal sealed class MoonshineEncoder : IDisposable
{
    /// <summary>What a rewritten graph reads; a shipped one reads samples.</summary>
    public const string Steps = "steps";

    private static readonly string[] Output = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly bool _ownsSession;
    private readonly Stem? _stem;
    private readonly string[] _input;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _inputs = new OrtValue[1];
    private float[] _samples = [];
    private float[] _steps = [];

    /// <summary>Loads an encoder.</summary>
    /// <exception cref="Failures.CaptionsException">A file is missing or damaged.</exception>
    public MoonshineEncoder(string path, SessionOptions options)
    {
        (_session, _ownsSession) = (Sessions.Load(path, options), true);
        _input = [.. _session.InputNames];
        if (_input is not [Steps]) return;
        try
        {
            _stem = new(FusedFiles.StemOf(path));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private MoonshineEncoder(MoonshineEncoder first) => (_session, _input, _stem) = (first._session, first._input, first._stem?.Twin());

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public MoonshineEncoder Twin() => new(this);

    /// <summary>Encodes a segment. The caller disposes of the outcome.</summary>
    /// <param name="samples">16 kHz mono.</param>
    /// <param name="minimum">Shorter audio is filled up with silence to this many samples.</param>
    public OrtValue Encode(ReadOnlySpan<float> samples, int minimum)
    {
        var length = Math.Max(samples.Length, Math.Max(minimum, _stem?.Shortest ?? 0));
        if (_stem is null || samples.Length < length) samples = Filled(samples, length);
        if (_stem is null) return Run(_samples, [1, length]);
        var count = _stem.Steps(length);
        MakeRoom(ref _steps, count * _stem.Width);
        _stem.Hear(samples, _steps.AsSpan(0, count * _stem.Width));
        return Run(_steps, [1, count, _stem.Width]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stem?.Dispose();
        if (_ownsSession) _session.Dispose();
        _run.Dispose();
    }

    private static void MakeRoom(ref float[] numbers, int length)
    {
        if (numbers.Length < length) numbers = GC.AllocateUninitializedArray<float>(length * 3 / 2, pinned: true);
    }

    private ReadOnlySpan<float> Filled(ReadOnlySpan<float> samples, int length)
    {
        MakeRoom(ref _samples, length);
        samples.CopyTo(_samples);
        _samples.AsSpan(samples.Length, length - samples.Length).Clear();
        return _samples.AsSpan(0, length);
    }

    private OrtValue Run(float[] numbers, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(numbers, shape);
        _inputs[0] = input;
        return _session.Run(_run, _input, _inputs, Output)[0];
    }
}
