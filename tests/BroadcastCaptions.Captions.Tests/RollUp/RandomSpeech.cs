using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Tests.RollUp;

/// <summary>Partials and finals of several sources at once: words come, are revised while unstable, are taken back, and become final.</summary>
internal sealed class RandomSpeech(Random random, string[] sources, double silence = 0.02)
{
    private readonly Dictionary<string, (long Segment, List<string> Words, int Stable)> _open = sources.ToDictionary(s => s, _ => (1L, new List<string>(), 0));
    private double _now = 1;

    public IEnumerable<(Transcript Transcript, double At)> Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _now += random.NextDouble() < silence ? 6 : 0.2;
            var source = sources[random.Next(sources.Length)];
            yield return (Next(source), _now);
        }
    }

    private Transcript Next(string source)
    {
        var (segment, words, stable) = _open[source];
        var unstable = words.Count - stable;
        if (unstable > 0 && random.Next(3) == 0) words.RemoveRange(words.Count - random.Next(1, unstable + 1), 1);
        if (words.Count > stable && random.Next(3) == 0) words[random.Next(stable, words.Count)] = Word();
        if (words.Count < 24) words.AddRange(Enumerable.Range(0, random.Next(4)).Select(_ => Word()));
        stable = random.Next(stable, words.Count + 1);
        _open[source] = (segment, words, stable);
        if (random.Next(12) > 0) return Say.Partial(source, segment, string.Join(' ', words), stable, _now);
        _open[source] = (segment + 1, [], 0);
        return Say.Final(source, segment, string.Join(' ', words), _now);
    }

    private string Word() => new((char)('a' + random.Next(26)), random.Next(20) == 0 ? random.Next(10, 60) : random.Next(1, 9));
}
