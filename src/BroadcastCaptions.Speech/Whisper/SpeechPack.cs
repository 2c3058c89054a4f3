using BroadcastCaptions.Speech.Detection;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Stretches of speech, one behind the other in one window, and where in the recording each was. Between stretches only a part of the
/// silence is kept.
/// </summary>
internal sealed class SpeechPack
{
    private const int Step = VoiceWindow.Samples;
    private const int DipSteps = 6; // 0.2 s: the pause between two phrases
    private const double DipWithin = 0.3; // share of a window, at its end

    private readonly float[] _samples;
    private readonly float[] _probabilities;
    private readonly List<(int Start, long Media)> _pieces = [];

    /// <summary>Room for a window.</summary>
    /// <param name="length">Samples of a window.</param>
    public SpeechPack(int length)
    {
        _samples = new float[length / Step * Step];
        _probabilities = new float[_samples.Length / Step];
    }

    /// <summary>Samples in it.</summary>
    public int Count { get; private set; }

    /// <summary>Steps there is room for in a window, of how many.</summary>
    public (int Left, int All) Room => ((_samples.Length - Count) / Step, _samples.Length / Step);

    /// <summary>Samples that a window is to be made of now; 0 for none yet: there is room left.</summary>
    public int Ready => Count < _samples.Length ? 0 : Dip();

    /// <summary>Begins another stretch.</summary>
    /// <param name="media">Number of its first sample in the recording.</param>
    public void Begin(long media)
    {
        if (_pieces.Count > 0 && _pieces[^1].Start == Count) _pieces.RemoveAt(_pieces.Count - 1);
        _pieces.Add((Count, media));
    }

    /// <summary>Adds a step of <see cref="VoiceWindow.Samples"/> to the last stretch.</summary>
    public void Add(ReadOnlySpan<float> step, float probability)
    {
        step.CopyTo(_samples.AsSpan(Count));
        _probabilities[Count / Step] = probability;
        Count += Step;
    }

    /// <summary>Takes the last stretch away if hardly anybody speaks in it.</summary>
    /// <param name="least">Seconds of speech that make one.</param>
    public void Review(double least)
    {
        var start = _pieces[^1].Start;
        if (PackedWindow.Speech(_probabilities.AsSpan(start / Step, (Count - start) / Step)) >= least) return;
        Count = start;
        _pieces.RemoveAt(_pieces.Count - 1);
    }

    /// <summary>Takes the first samples out, whole steps.</summary>
    public PackedWindow Take(int count)
    {
        count = Math.Min(Count, (count + Step - 1) / Step * Step);
        var window = new PackedWindow(_samples[..count], _probabilities[..(count / Step)], [.. _pieces.TakeWhile(piece => piece.Start < count)]);
        Remove(count);
        return window;
    }

    /// <summary>The best place for a window to end: where speech is least probable, the later the better.</summary>
    private int Dip()
    {
        var steps = Count / Step;
        var last = steps - DipSteps;
        var (best, lowest) = (steps, double.MaxValue);
        for (var i = Math.Max(1, last - (int)(DipWithin * steps)); i <= last; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < DipSteps; j++) sum += _probabilities[i + j];
            if (sum <= lowest) (lowest, best) = (sum, i + (DipSteps / 2));
        }

        return best * Step;
    }

    private void Remove(int count)
    {
        var pieces = _pieces.ToList();
        _pieces.Clear();
        for (var i = 0; i < pieces.Count; i++)
        {
            var end = i + 1 < pieces.Count ? pieces[i + 1].Start : Count;
            if (end <= count && i + 1 < pieces.Count) continue;
            var cut = Math.Max(0, count - pieces[i].Start);
            _pieces.Add((pieces[i].Start + cut - count, pieces[i].Media + cut));
        }

        _samples.AsSpan(count, Count - count).CopyTo(_samples);
        _probabilities.AsSpan(count / Step, (Count - count) / Step).CopyTo(_probabilities);
        Count -= count;
    }
}
