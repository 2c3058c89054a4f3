using System.Globalization;
using System.Text;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>Rewrites a transcript around its blocked words.</summary>
/// <param name="transcript">The transcript.</param>
/// <param name="tokens">Its Unicode words.</param>
/// <param name="options">What is to be done.</param>
internal sealed class BlockedText(Transcript transcript, IReadOnlyList<WordToken> tokens, BlockListOptions options)
{
    private const string Star = "*";

    private readonly StringBuilder?[] _texts = new StringBuilder?[transcript.Words.Count];
    private readonly bool[] _gone = new bool[transcript.Words.Count];

    /// <summary>The transcript with the spans masked, dropped or replaced.</summary>
    /// <param name="spans">What is blocked, in order.</param>
    /// <param name="stable">How many leading words will not change.</param>
    public Transcript Rewrite(IReadOnlyList<BlockedSpan> spans, int stable)
    {
        // From the end, so that the places of earlier tokens stay true.
        for (var i = spans.Count - 1; i >= 0; i--)
        {
            if (options.Action == BlockAction.Mask) Mask(spans[i]);
            else Cut(spans[i], options.Action == BlockAction.Replace ? options.Replacement : "");
        }

        var words = new List<TimedWord>(transcript.Words.Count);
        var stableLeft = 0;
        for (var i = 0; i < transcript.Words.Count; i++)
        {
            if (_gone[i])
            {
                Absorb(words, i, ref stableLeft, stable);
                continue;
            }

            var word = transcript.Words[i];
            words.Add(_texts[i] is { } text ? word with { Text = text.ToString() } : word);
            if (i < stable) stableLeft = words.Count;
        }

        return new Transcript(
            transcript.Source, transcript.Segment, transcript.Revision, transcript.IsFinal, transcript.Start, transcript.End,
            transcript.Language, words, stableLeft);
    }

    /// <summary>A replaced phrase takes the time of all its words, and is stable when they are.</summary>
    private void Absorb(List<TimedWord> words, int gone, ref int stableLeft, int stable)
    {
        if (options.Action != BlockAction.Replace || words.Count == 0) return;
        words[^1] = words[^1] with { End = transcript.Words[gone].End };
        if (gone >= stable) stableLeft = Math.Min(stableLeft, words.Count - 1);
    }

    private void Mask(BlockedSpan span)
    {
        for (var i = span.To - 1; i >= span.From; i--)
        {
            var token = tokens[i];
            var text = TextOf(token.Word);
            var original = text.ToString(token.Start, token.Length);
            var elements = new StringInfo(original).LengthInTextElements;
            // Its first letter stays; of what is written letter by letter, only the first letter of all.
            var keeps = elements > 1 ? !token.IsSpaceless || i == span.From : i == span.From && span.To > span.From + 1;
            var kept = keeps ? StringInfo.GetNextTextElementLength(original) : 0;
            var stars = string.Concat(Enumerable.Repeat(Star, elements - (keeps ? 1 : 0)));
            text.Remove(token.Start, token.Length).Insert(token.Start, original[..kept] + stars);
        }
    }

    private void Cut(BlockedSpan span, string replacement)
    {
        for (var i = span.To - 1; i >= span.From;)
        {
            var last = tokens[i];
            while (i > span.From && tokens[i - 1].Word == last.Word) i--;
            var first = tokens[i];
            var text = TextOf(last.Word);
            text.Remove(first.Start, last.End - first.Start);
            if (i == span.From) text.Insert(first.Start, replacement);
            var replaced = i == span.From && replacement.Length > 0;
            if (!replaced && WordTokens.Of(text.ToString()).Count == 0) _gone[last.Word] = true;
            i--;
        }
    }

    private StringBuilder TextOf(int word) => _texts[word] ??= new StringBuilder(transcript.Words[word].Text);
}
