namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>A source did not give what was asked: the next one has its turn. The message completes "SOURCE …".</summary>
internal sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The answer broke off, or the server was busy: asking again may bring the rest.</summary>
    public bool MayResume { get; init; }

    /// <summary>Nothing else need be asked of this host either.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>It has no such file.</summary>
    public bool IsNotFound { get; init; }

    /// <summary>How long the server wants to be left alone; null: it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
