namespace BroadcastCaptions.TestKit;

/// <summary>A recording to test or measure with.</summary>
/// <param name="Path">The file: WAV in the repository, FLAC in the evaluation set.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Kind">"read", "command", "spontaneous", "noisy", "long", "nonspeech", "untranscribed".</param>
/// <param name="Language">Two letters, or empty where nobody speaks.</param>
/// <param name="Reference">What is said, as its source wrote it; empty where nobody speaks or nobody wrote it down.</param>
public sealed record SpeechFile(string Path, double Seconds, string Kind, string Language, string Reference)
{
    /// <summary>The file's name with its ending, as the evaluation set's tables have it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Can a word error rate be counted over it?</summary>
    public bool IsTranscribed => Reference.Length > 0;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
