using BroadcastCaptions.Speech.Decoding;

namespace BroadcastCaptions.Speech.Alignment;

/// <summary>Says when each token of a text is heard, from the cross attention of a Whisper's decoder.</summary>
/// <param name="decoder">The decoder.</param>
internal sealed class SoundAligner(IntegerDecoder decoder) : IDisposable
{
    private const double SecondsPerPosition = 0.02;

    private readonly HeadScores _scores = new(decoder.Heads);

    /// <summary>Aligns a text with a window.</summary>
    /// <param name="frames">Frames (10 ms) of the window that hold sound.</param>
    /// <param name="prompt">The marks before the text, begin mark first, "no timestamps" last; no earlier text.</param>
    /// <param name="text">The text's tokens, no time marks.</param>
    /// <param name="end">The end mark.</param>
    /// <param name="heard">The window; null: what the decoder attends to.</param>
    /// <returns>Seconds from the window's start at which each token begins, and at last where the text ends: one more than tokens.</returns>
    public double[] Align(int frames, IReadOnlyList<int> prompt, IReadOnlyList<int> text, int end, KeysAndValues? heard = null)
    {
        if (text.Count == 0) return [0];
        long[] tokens = [.. prompt.Concat(text).Append(end).Select(token => (long)token)];
        decoder.Listen(tokens, _scores, heard);
        var positions = _scores.Positions;
        var sound = (int)Math.Clamp(frames / 2, 1, positions);
        // What is heard when a token is *about* to be said: from the last mark's row on, and without the end mark's.
        var costs = AttentionCosts.Of(_scores.All, _scores.Heads.Count, tokens.Length, positions, sound, (prompt.Count - 1)..^1);
        return [.. TimeWarping.Entries(costs, text.Count + 1, sound).Select(position => position * SecondsPerPosition)];
    }

    /// <inheritdoc/>
    public void Dispose() => _scores.Dispose();
}
