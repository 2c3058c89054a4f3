using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Words;

/// <summary>Finds how many words of an answer come before the answer for its later part.</summary>
internal sealed class WordJoint
{
    /// <summary>Words by which an estimate of time may be off.</summary>
    private const int Slack = 2;

    /// <summary>Share of the later part's words that both answers must have: below it one of the two has lost the thread.</summary>
    private const double Agreement = 0.5;

    private readonly UnitMatch _match = new();
    private readonly List<WordUnit> _whole = [];
    private readonly List<WordUnit> _part = [];

    /// <summary>The number of leading words of the whole that the part does not have.</summary>
    /// <param name="whole">The answer for everything.</param>
    /// <param name="part">The answer for its later part.</param>
    /// <param name="at">Media time at which the part begins.</param>
    /// <param name="always">Also where they disagree: by the times of the whole's words.</param>
    /// <returns>Null where the two say different things.</returns>
    public int? Find(IReadOnlyList<TimedWord> whole, IReadOnlyList<ModelWord> part, MediaTime at, bool always = false)
    {
        _whole.Clear();
        _part.Clear();
        foreach (var word in whole) _whole.Add(new(WordUnits.Key(word.Text)));
        foreach (var word in part) _part.Add(new(WordUnits.Key(word.Text)));
        var expected = 0;
        while (expected < whole.Count && WordTimes.Middle(whole[expected]) < at.Seconds) expected++;
        var joint = Nearest(expected);
        return Agrees(joint) ? joint : always ? expected : null;
    }

    /// <summary>Where the first words that both have stand, close to where they should.</summary>
    private int Nearest(int expected)
    {
        for (var skipped = 0; skipped < Math.Min(_part.Count, Slack + 1); skipped++)
            for (var off = 0; off <= Slack; off++)
                foreach (var place in (ReadOnlySpan<int>)[expected + skipped - off, expected + skipped + off])
                    if (place >= skipped && place < _whole.Count && _whole[place] == _part[skipped]) return place - skipped;
        return expected;
    }

    private bool Agrees(int joint)
    {
        var rest = _whole[joint..];
        if (rest.Count == 0) return _part.Count == 0;
        var same = 0;
        foreach (var place in _match.Find(rest, _part)) same += place >= 0 ? 1 : 0;
        return same >= Agreement * Math.Max(rest.Count, _part.Count);
    }
}
