using System.Text;
using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>Puts tokens together into words: a token that begins with a space begins a word.</summary>
internal sealed class WordReader(LlamaVocabulary vocabulary)
{
    private readonly List<byte> _bytes = [];

    /// <summary>Another one, for a model that recognises at the same time.</summary>
    public WordReader Twin() => new(vocabulary);

    /// <summary>The words that the tokens spell.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="clock">When each of them is heard.</param>
    public List<ModelWord> Read(IReadOnlyList<ScoredToken> tokens, TokenClock clock)
    {
        var words = new List<ModelWord>();
        var (sum, count, first, last) = (0.0, 0, 0, 0);
        _bytes.Clear();
        for (var i = 0; i < tokens.Count; i++)
        {
            var piece = vocabulary.Piece(tokens[i].Id);
            if (piece.IsEmpty) continue;
            if (piece[0] == ' ')
            {
                Finish(words, sum / count, clock.Of(first, last), first..(last + 1));
                (sum, count) = (0, 0);
            }

            if (count == 0) first = i;
            last = i;
            _bytes.AddRange(piece);
            sum += tokens[i].LogProbability;
            count++;
        }

        Finish(words, sum / count, clock.Of(first, last), first..(last + 1));
        return words;
    }

    private void Finish(List<ModelWord> words, double meanLogProbability, HeardSpan? heard, Range tokens)
    {
        // A character cut in two by the end of a partial becomes U+FFFD here; it is whole in the next hypothesis.
        var text = Encoding.UTF8.GetString([.. _bytes]).Trim().TrimEnd('\uFFFD');
        _bytes.Clear();
        if (text.Length > 0) words.Add(new(text, Math.Exp(meanLogProbability), SpaceBefore: words.Count > 0) { Heard = heard, Tokens = tokens });
    }
}
