using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Alignment;

/// <summary>
/// When each token is heard: positions are dealt out to the tokens, in order, so that the tokens listen to theirs as much as can be. Allocates nothing but
/// where there is more of both than ever before.
/// </summary>
/// <param name="samplesAPosition">Samples between two positions.</param>
/// <param name="lag">Samples by which the decoder listens behind what it says.</param>
internal sealed class TokenClock(int samplesAPosition, int lag = 0)
{
    /// <summary>Share of a token's most attention below which its first and last positions are a pause.</summary>
    private const float Faint = 0.2f;

    private float[] _most = [];
    private bool[] _moves = [];
    private HeardSpan[] _spans = [];
    private bool _knows;

    /// <summary>Reads what tokens listened to.</summary>
    /// <param name="listened">[tokens, positions]; empty: nothing is known.</param>
    /// <param name="tokens">How many.</param>
    /// <param name="samples">Of the audio: behind them is silence, in which nothing was said.</param>
    public void Read(ReadOnlySpan<float> listened, int tokens, int samples)
    {
        var width = tokens == 0 ? 0 : listened.Length / tokens;
        var positions = Math.Min(width, (samples + samplesAPosition - 1) / samplesAPosition);
        _knows = tokens > 0 && positions >= tokens;
        if (!_knows) return;
        if (_most.Length < tokens) (_most, _spans) = (new float[tokens * 2], new HeardSpan[tokens * 2]);
        if (_moves.Length < tokens * positions) _moves = new bool[tokens * positions * 2];
        DealOut(listened, tokens, width, positions);
        var (token, end) = (tokens - 1, positions);
        for (var position = positions - 1; token >= 0; position--)
        {
            if (position > 0 && !_moves[(position * tokens) + token]) continue;
            _spans[token] = Loud(listened.Slice(token * width, positions), position, end);
            (token, end) = (token - 1, position);
        }
    }

    /// <summary>Where a word of these tokens is heard; null where nothing is known.</summary>
    public HeardSpan? Of(int first, int last)
    {
        if (!_knows) return null;
        var start = Math.Max(0, (_spans[first].Start * samplesAPosition) - lag);
        return new(start, Math.Max(start + samplesAPosition, (_spans[last].End * samplesAPosition) - lag));
    }

    /// <summary>Finds at which positions the best way that ends at each token goes on to it.</summary>
    private void DealOut(ReadOnlySpan<float> listened, int tokens, int width, int positions)
    {
        var most = _most.AsSpan(0, tokens);
        most.Fill(float.NegativeInfinity);
        most[0] = listened[0];
        for (var position = 1; position < positions; position++)
            for (var token = Math.Min(tokens - 1, position); token >= 0; token--)
            {
                var moves = token > 0 && most[token - 1] > most[token];
                _moves[(position * tokens) + token] = moves;
                most[token] = (moves ? most[token - 1] : most[token]) + listened[(token * width) + position];
            }
    }

    /// <summary>What is left of a token's positions without those in which it hardly listened.</summary>
    private static HeardSpan Loud(ReadOnlySpan<float> listened, int start, int end)
    {
        var enough = Faint * TensorPrimitives.Max(listened[start..end]);
        while (listened[start] < enough) start++;
        while (listened[end - 1] < enough) end--;
        return new(start, end);
    }
}
