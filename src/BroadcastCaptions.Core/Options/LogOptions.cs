namespace BroadcastCaptions.Options;

/// <summary>The rolling log file in the platform's state folder.</summary>
public sealed class LogOptions
{
    /// <summary>Folder; null: the platform's state folder.</summary>
    public string? Folder { get; set; }

    /// <summary>Write what was said into the log too. Off: captions are private until they are shown.</summary>
    public bool Transcript { get; set; }
}
