namespace BroadcastCaptions.Audio.Files;

/// <summary>An audio file being decoded from its start to its end.</summary>
internal interface ISampleReader : IAsyncDisposable
{
    /// <summary>Rate and channels of the samples.</summary>
    AudioFormat Format { get; }

    /// <summary>Length of the whole recording; null where the file does not say (yet).</summary>
    double? TotalSeconds { get; }

    /// <summary>One sentence about what is wrong with the file although it plays; null while nothing is.</summary>
    string? Degradation { get; }

    /// <summary>Fills <paramref name="destination"/> with whole frames and returns the number of samples; 0 at the end.</summary>
    ValueTask<int> ReadAsync(Memory<float> destination, CancellationToken cancellation);
}
