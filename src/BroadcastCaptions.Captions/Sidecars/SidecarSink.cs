using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.RollUp;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// Writes the finals to one caption file as they come. The file is valid at any moment, also after a kill; a full disk is
/// a state, retried, while everything else goes on. Made by <see cref="SidecarFiles"/>.
/// </summary>
public sealed class SidecarSink : ICaptionSink
{
    private readonly SidecarFormat _format;
    private readonly SidecarWriter _writer;
    private readonly Dictionary<string, string> _speakers;
    private readonly FinalOrder _order = new();
    private bool _disposed;

    internal SidecarSink(string name, string path, SidecarFormat format, SidecarWriter writer, IEnumerable<AudioSource> sources)
    {
        Name = name;
        Path = path;
        _format = format;
        _writer = writer;
        _speakers = sources.ToDictionary(source => source.Id, SpeakerLabel.Name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public Overflow Overflow => Overflow.KeepAll;

    /// <summary>Writes finals, and learns from partials what is still being said; other events only bring the time, for retries.</summary>
    public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        var now = captionEvent.Emitted;
        if (captionEvent is SourceEvent { Source: var source }) _speakers[source.Id] = SpeakerLabel.Name(source);
        if (captionEvent is TranscriptEvent { Transcript: var transcript }) _order.Add(transcript.AsRecognized(), now);
        foreach (var final in _order.Release(now)) Add(final);
        _writer.Write(now);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes everything that waits and closes the file; what the disk refuses is reported with its times.</summary>
    public ValueTask DisposeAsync()
    {
        if (_disposed) return ValueTask.CompletedTask;
        _disposed = true;
        foreach (var final in _order.ReleaseAll()) Add(final);
        _writer.Finish();
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets go of the file before anything was written.</summary>
    internal void Abandon()
    {
        _disposed = true;
        _writer.Dispose();
    }

    private void Add(Speech.Transcript final)
    {
        foreach (var cue in _format.Compose(final, _speakers.Count < 2 ? "" : _speakers.GetValueOrDefault(final.Source, ""))) _writer.Add(cue);
    }
}
