using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Detection;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Whisper's log-mel features of one window. What was computed of the samples' beginning is kept, so that a growing segment costs only
/// its new frames; the clamp, which depends on the window's loudest, is applied when the features are written. Allocates nothing.
/// </summary>
internal sealed class LogMel
{
    /// <summary>Samples between two frames (10 ms).</summary>
    public const int Hop = 160;

    /// <summary>Frames in a second.</summary>
    public const int FramesASecond = Detection.VoiceWindow.SampleRate / Hop;

    private const int Points = PowerSpectra.Points;
    private const float Least = 1e-10f; // power below which nothing is heard
    private const float Range = 8; // decades below the window's loudest that are kept

    private readonly int _mels;
    private readonly MelFilters _filters;
    private readonly PowerSpectra _spectra = new();
    private readonly float[] _hann = [.. Enumerable.Range(0, Points).Select(n => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / Points))))];
    private readonly Vector<float>[] _frames = new Vector<float>[Points];
    private readonly Vector<float>[] _powers = new Vector<float>[PowerSpectra.Bins];
    private readonly float[] _padded; // the samples with the reflected edges that every frame may reach into
    private readonly float[] _logs; // frame after frame
    private readonly float[] _column;
    private int _count;

    /// <summary>Room for a window.</summary>
    /// <param name="mels">Bands.</param>
    /// <param name="windowFrames">Frames of the longest window.</param>
    public LogMel(int mels, int windowFrames)
    {
        _mels = mels;
        WindowFrames = windowFrames;
        _filters = new(mels, PowerSpectra.Bins);
        _padded = new float[(windowFrames * Hop) + Points + (PowerSpectra.Lanes * Hop)];
        _logs = new float[(windowFrames + PowerSpectra.Lanes) * mels];
        _column = new float[mels * PowerSpectra.Lanes];
    }

    /// <summary>Frames of the longest window.</summary>
    public int WindowFrames { get; }

    /// <summary>Frames that hold something of the samples; behind them is silence.</summary>
    public int HeardFrames { get; private set; }

    /// <summary>Frames whose spectrum was computed so far: what growing costs.</summary>
    public long Computed { get; private set; }

    /// <summary>Takes a window's samples.</summary>
    /// <param name="samples">16 kHz mono; what is longer than the window is left out.</param>
    public void Listen(ReadOnlySpan<float> samples)
    {
        samples = samples[..Math.Min(samples.Length, WindowFrames * Hop)];
        var kept = samples.CommonPrefixLength(_padded.AsSpan(Points / 2, _count));
        // A frame stands if all it reaches is as it was; the first two mirror the beginning, and reach no further than the third.
        var first = kept < Points ? 0 : Math.Min(HeardFrames, ((kept - (Points / 2)) / Hop) + 1);
        if (kept == samples.Length && kept == _count && kept > 0) return;
        Place(samples);
        HeardFrames = Math.Min(WindowFrames, (samples.Length + (Points / 2) + Hop - 1) / Hop);
        for (var frame = first; frame < HeardFrames; frame += PowerSpectra.Lanes) Compute(frame);
    }

    /// <summary>Writes the features of the window's first <paramref name="frames"/> frames, [mels, frames].</summary>
    public void Write(Span<float> features, int frames)
    {
        var heard = Math.Min(HeardFrames, frames);
        var silence = MathF.Log10(Least);
        var loudest = heard == 0 ? silence : TensorPrimitives.Max(_logs.AsSpan(0, heard * _mels));
        if (heard < frames) loudest = Math.Max(loudest, silence);
        var floor = loudest - Range;
        for (var band = 0; band < _mels; band++)
        {
            var row = features.Slice(band * frames, frames);
            for (var frame = 0; frame < heard; frame++) row[frame] = (Math.Max(_logs[(frame * _mels) + band], floor) + 4) / 4;
            row[heard..].Fill((Math.Max(silence, floor) + 4) / 4);
        }
    }

    private void Place(ReadOnlySpan<float> samples)
    {
        const int edge = Points / 2;
        var middle = _padded.AsSpan(edge);
        samples.CopyTo(middle);
        middle[samples.Length..].Clear();
        _count = samples.Length;
        for (var i = 1; i <= edge; i++) _padded[edge - i] = middle[i];
        // The window's end mirrors too; where the samples end before it, it mirrors silence.
        var end = WindowFrames * Hop;
        for (var i = 0; i < edge && end - samples.Length < edge; i++) middle[end + i] = middle[end - 2 - i];
    }

    private void Compute(int frame)
    {
        var lanes = PowerSpectra.Lanes;
        var points = MemoryMarshal.Cast<Vector<float>, float>(_frames.AsSpan());
        var from = frame * Hop;
        for (var n = 0; n < Points; n++)
            for (var lane = 0; lane < lanes; lane++) points[(n * lanes) + lane] = _padded[from + (lane * Hop) + n] * _hann[n];
        _spectra.Transform(_frames, _powers);
        var column = MemoryMarshal.Cast<float, Vector<float>>(_column.AsSpan());
        for (var band = 0; band < _mels; band++)
        {
            Vector<float> sum = default;
            var (first, weights) = (_filters.First[band], _filters.Weights[band]);
            for (var i = 0; i < weights.Length; i++) sum += _powers[first + i] * weights[i];
            column[band] = Vector.Max(sum, new Vector<float>(Least));
        }

        TensorPrimitives.Log10<float>(_column, _column);
        for (var lane = 0; lane < lanes; lane++)
            for (var band = 0; band < _mels; band++) _logs[((frame + lane) * _mels) + band] = _column[(band * lanes) + lane];
        Computed += Math.Min(lanes, HeardFrames - frame);
    }

    /// <summary>Frames of so many samples, rounded up to a pair, which the encoder makes one position of.</summary>
    public static int FramesOf(double seconds) => 2 * (int)Math.Ceiling(seconds * VoiceWindow.SampleRate / Hop / 2);
}
