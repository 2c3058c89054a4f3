using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Hears a closed segment again, with a little silence before it. What a small model makes of unclear speech changes with where the model's steps fall. Of several readings the most
/// probable one is taken, and of the others what is more probable between words that they share (<see cref="ReadingBlend"/>). Where a reading has come twice, it is done: one more pass verifies it.
/// Measured by bench/tune --wer on eval/'s 75 clips with six beginnings (4566 words), tiny and base: heard once, 15.9 and 10.5 % of words wrong; the most probable of three readings, 13.4 and 9.8; three,
/// blended, 12.8 and 9.8; four, 12.2 and 9.7; five, 12.1. A fourth reading costs 8 … 11 % of a file's time.
/// </summary>
/// <param name="counters">Where the segments are counted that another reading gave words.</param>
internal sealed class Rehearing(Counters counters)
{
    private const int Most = 4; // readings
    private const int Silence = 700; // samples before each further one: 44 ms, no multiple of a model's step

    private readonly Counter _reread = counters.Get("speech.reread");
    private readonly List<ModelText> _readings = [];
    private readonly List<string> _said = [];
    private readonly ReadingBlend _blend = new();
    private float[] _samples = [];

    /// <summary>The words of several readings.</summary>
    /// <param name="model">The model.</param>
    /// <param name="segment">16 kHz mono, surely speech.</param>
    /// <param name="first">The first reading, of the whole segment.</param>
    public ModelText Best(ISpeechModel model, ReadOnlySpan<float> segment, ModelText first)
    {
        if (!model.GainsByRehearing || first.Words.Count == 0) return first;
        if (EvidenceRule.IsIncredible(first)) return first; // of a creaking chest, too, one reading is believable
        var best = first;
        _readings.Clear();
        _readings.Add(first);
        _said.Clear();
        _said.Add(Said(first));
        while (_readings.Count < Most)
        {
            var next = Again(model, segment, _readings.Count * Silence, best.Tokens);
            if (IsBetter(next, best)) best = next;
            var said = Said(next);
            if (_said.Contains(said)) break;
            _readings.Add(next);
            _said.Add(said);
        }

        var chosen = best;
        foreach (var reading in _readings)
            if (!ReferenceEquals(reading, chosen) && !reading.Looped) best = _blend.Of(best, reading);
        if (Said(best) != _said[0]) _reread.Add();
        return best;
    }

    private ModelText Again(ISpeechModel model, ReadOnlySpan<float> segment, int silence, IReadOnlyList<ScoredToken> draft)
    {
        var length = silence + segment.Length;
        if (_samples.Length < length) _samples = new float[length + VoiceWindow.SampleRate];
        _samples.AsSpan(0, silence).Clear();
        segment.CopyTo(_samples.AsSpan(silence));
        var text = model.Recognize(_samples.AsSpan(0, length), expectWords: true, draft);
        return text with { Words = [.. text.Words.Select(word => word.Behind(-silence))] };
    }

    private static bool IsBetter(ModelText text, ModelText than) =>
        text.Words.Count > 0 && (text.Looped != than.Looped ? than.Looped : Probability(text) > Probability(than));

    private static double Probability(ModelText text) => text.Tokens.Sum(token => (double)token.LogProbability);

    private static string Said(ModelText text) => string.Join(' ', text.Words.Select(word => WordUnits.Key(word.Text)));
}
