namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>How large a Whisper is.</summary>
/// <param name="Mels">Mel bands.</param>
/// <param name="Width">Width of the model.</param>
/// <param name="Heads">Heads of each attention.</param>
/// <param name="Positions">Positions of an encoded window.</param>
/// <param name="MaximumTokens">Most tokens of a text.</param>
/// <param name="Inner">Width of the feed-forward.</param>
/// <param name="Vocabulary">Tokens; null: as many as it needs.</param>
internal sealed record WhisperSizes(int Mels, int Width, int Heads, int Positions, int MaximumTokens, int Inner, int? Vocabulary)
{
    /// <summary>Width of a head.</summary>
    public int HeadSize => Width / Heads;
}
