namespace BroadcastCaptions.Library;

/// <summary>Where a recording's sound comes from.</summary>
internal interface IRecordingSource : IAsyncDisposable
{
    /// <summary>Length in seconds, where it is known.</summary>
    double? Duration { get; }

    /// <summary>What is wrong with it, if anything is.</summary>
    string? Warning { get; }

    /// <summary>Reads on: 16 kHz mono; 0 at the end.</summary>
    int Read(Span<float> mono, CancellationToken cancellation);
}
