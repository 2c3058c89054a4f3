using System.Text;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>Puts tokens together into words: a token that begins with a space begins a word.</summary>
internal sealed class WordReader(LlamaVocabulary vocabulary)
{
    private readonly List<byte> _bytes = [];

    /// <summary>The words that the tokens spell.</summary>
    public List<ModelWord> Read(IReadOnlyList<ScoredToken> tokens)
    {
        var words = new List<ModelWord>();
        var (sum, count) = (0.0, 0);
        _bytes.Clear();
        foreach (var token in tokens)
        {
            var piece = vocabulary.Piece(token.Id);
            if (piece.IsEmpty) continue;
            if (piece[0] == ' ')
            {
                Finish(words, sum, count);
                (sum, count) = (0, 0);
            }

            _bytes.AddRange(piece);
            sum += token.LogProbability;
            count++;
        }

        Finish(words, sum, count);
        return words;
    }

    private void Finish(List<ModelWord> words, double sum, int count)
    {
        // A character cut in two by the end of a partial becomes U+FFFD here; it is whole in the next hypothesis.
        var text = Encoding.UTF8.GetString([.. _bytes]).Trim().TrimEnd('\uFFFD');
        _bytes.Clear();
        if (text.Length > 0) words.Add(new(text, Math.Exp(sum / count), SpaceBefore: words.Count > 0));
    }
}
