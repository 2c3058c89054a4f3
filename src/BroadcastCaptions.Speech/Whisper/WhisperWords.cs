using System.Text;
using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// Puts tokens together into words. Where words are parted by spaces, a token that begins with one begins a word; where they are not, every
/// whole character or run of them that a token holds is one.
/// </summary>
internal sealed class WhisperWords(WhisperTokenizer tokenizer, SpecialTokens marks)
{
    private readonly List<byte> _bytes = [];

    /// <summary>The words that the tokens spell; marks are passed over.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="language">Whether there are spaces.</param>
    /// <param name="firstTokens">Takes the index of each word's first token, where asked for.</param>
    /// <param name="clock">When each of the tokens is heard, where that is known.</param>
    public List<ModelWord> Read(IReadOnlyList<ScoredToken> tokens, string language, List<int>? firstTokens = null, TokenClock? clock = null)
    {
        var words = new List<ModelWord>();
        var spaceless = WordSplitter.Spaceless.Contains(language);
        var (sum, count, first, last) = (0.0, 0, 0, 0);
        _bytes.Clear();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!marks.IsText(tokens[i].Id)) continue;
            var piece = tokenizer.Piece(tokens[i].Id);
            if (piece.IsEmpty) continue;
            if (piece[0] == ' ' || (spaceless && IsWhole() && !IsPunctuation(piece)))
            {
                Finish(words, firstTokens, first, sum, count, clock?.Of(first, last));
                (sum, count) = (0, 0);
            }

            if (count == 0) first = i;
            last = i;
            _bytes.AddRange(piece);
            sum += tokens[i].LogProbability;
            count++;
        }

        Finish(words, firstTokens, first, sum, count, clock?.Of(first, last));
        return words;
    }

    private bool IsWhole() => !Encoding.UTF8.GetString([.. _bytes]).EndsWith('\uFFFD');

    private static bool IsPunctuation(ReadOnlySpan<byte> piece) =>
        Rune.DecodeFromUtf8(piece, out var rune, out _) == System.Buffers.OperationStatus.Done && (Rune.IsPunctuation(rune) || Rune.IsSymbol(rune));

    private void Finish(List<ModelWord> words, List<int>? firstTokens, int first, double sum, int count, HeardSpan? heard)
    {
        // A character cut in two by the end of a partial becomes U+FFFD here; it is whole in the next hypothesis.
        var whole = Encoding.UTF8.GetString([.. _bytes]);
        var text = whole.Trim().TrimEnd('\uFFFD');
        _bytes.Clear();
        if (text.Length == 0) return;
        words.Add(new(text, Math.Exp(sum / count), SpaceBefore: words.Count > 0 && whole[0] == ' ') { Heard = heard });
        firstTokens?.Add(first);
    }
}
