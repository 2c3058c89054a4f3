using BroadcastCaptions.Audio.Recordings;

namespace BroadcastCaptions.Library;

/// <summary>A file.</summary>
/// <param name="reader">Reads it; disposed with this.</param>
/// <param name="spool">The temporary file behind it, where it is one; gone with this.</param>
internal sealed class FileSource(RecordingReader reader, Spool? spool) : IRecordingSource
{
    public double? Duration => reader.TotalSeconds;

    public string? Warning => reader.Degradation;

    public int Read(Span<float> mono, CancellationToken cancellation) => reader.Read(mono, cancellation);

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        spool?.Dispose();
    }
}
