using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>
/// Keeps words from the screen. A phrase is blocked as soon as its last word is there; while the text may still become one,
/// its words do not count as stable, so that no line is frozen around them.
/// </summary>
internal sealed class BlockListFilter : ITextFilter
{
    private readonly PhraseSet _blocked = new();
    private readonly PhraseSet _allowed = new();
    private readonly BlockListOptions _options;
    private readonly Counter _count;
    private readonly List<WordToken> _tokens = [];
    private readonly List<BlockedSpan> _spans = [];

    public BlockListFilter(BlockListOptions options, Counters counters)
    {
        _options = options;
        _count = counters.Get("filter.blocked");
        foreach (var entry in options.Languages.SelectMany(NaughtyWordLists.Load).Where(IsWord)) _blocked.Add(entry);
        _blocked.AddAll(options.Add, "blockList.add");
        _allowed.AddAll(options.Allow, "blockList.allow");
    }

    /// <inheritdoc/>
    public Transcript Apply(Transcript transcript)
    {
        var shown = Filter(transcript);
        if (transcript.IsFinal) _count.Add(_spans.Count);
        var recognized = ReferenceEquals(transcript.Recognized, transcript.Words) ? shown.Words : Filter(transcript.AsRecognized()).Words;
        return ReferenceEquals(recognized, shown.Recognized) ? shown : shown with { Recognized = recognized };
    }

    private Transcript Filter(Transcript transcript)
    {
        _tokens.Clear();
        for (var i = 0; i < transcript.Words.Count; i++) WordTokens.Add(transcript.Words[i].Text, i, _tokens);
        var stable = Math.Min(FindSpans(transcript), transcript.StableWords);
        if (_spans.Count > 0) return new BlockedText(transcript, _tokens, _options).Rewrite(_spans, stable);
        return stable == transcript.StableWords ? transcript : transcript with { StableWords = stable };
    }

    /// <summary>The Chinese list's "13." would blank every thirteen.</summary>
    private static bool IsWord(string entry) => entry.Any(char.IsLetter) || entry.Any(char.IsSurrogate) || entry.Any(char.IsSymbol);

    /// <summary>Finds what is blocked; returns how many leading words no phrase that is still coming can change.</summary>
    private int FindSpans(Transcript transcript)
    {
        _spans.Clear();
        var stable = transcript.Words.Count;
        var allowedTo = 0;
        for (var i = 0; i < _tokens.Count; i++)
        {
            allowedTo = Math.Max(allowedTo, _allowed.Match(_tokens, i, out _));
            var end = _blocked.Match(_tokens, i, out var mayGoOn);
            if (mayGoOn && !transcript.IsFinal) stable = Math.Min(stable, _tokens[i].Word);
            if (end <= allowedTo || end == i) continue;
            _spans.Add(new BlockedSpan(i, end));
            i = end - 1;
        }

        return stable;
    }
}
