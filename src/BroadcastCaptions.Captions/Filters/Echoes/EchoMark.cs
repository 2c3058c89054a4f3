namespace BroadcastCaptions.Captions.Filters;

/// <summary>How a word stands beside what another source hears at that time.</summary>
internal enum EchoMark
{
    /// <summary>The other one says nothing then.</summary>
    Alone,

    /// <summary>The other one says something else.</summary>
    Other,

    /// <summary>The other one says it, too.</summary>
    Same,
}
