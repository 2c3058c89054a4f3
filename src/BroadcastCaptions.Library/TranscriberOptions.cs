using BroadcastCaptions.Options;

namespace BroadcastCaptions.Library;

/// <summary>Where models come from, and what they may take of the machine.</summary>
public sealed record TranscriberOptions
{
    /// <summary>More threads gain little with the models that there are.</summary>
    private const int UsefulThreads = 4;

    /// <summary>Folder of the models; null: the platform's cache folder, which the captions program uses as well.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>Never use the network: a model that is not on this machine is an error.</summary>
    public bool Offline { get; init; }

    /// <summary>Threads of one inference, 1 … 64; null: as many as there are cores, 4 at most.</summary>
    public int? Threads { get; init; }

    /// <summary>Voice activity and segments. Its own defaults name their sources.</summary>
    public SpeechOptions Speech { get; init; } = new();

    /// <summary>The FFmpeg program that decodes all but WAV; a name is looked up in PATH.</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";

    internal ModelOptions ToModel(string name) => new()
    {
        Name = name,
        Folder = ModelFolder,
        Offline = Offline,
        Threads = Threads ?? Math.Min(Environment.ProcessorCount, UsefulThreads),
    };
}
