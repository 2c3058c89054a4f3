using System.CommandLine;

namespace BroadcastCaptions.Cli;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    /// <summary>The name of the option for machine-readable output.</summary>
    public const string JsonName = "--json";

    /// <summary>--json</summary>
    public static Option<bool> Json() => new(JsonName) { Description = "Write JSON to standard output (live and demo: one object a line)." };

    /// <summary>--config FILE</summary>
    public static Option<string?> Config() => new("--config") { Description = "Read this captions.json instead of the one in the configuration folder.", HelpName = "FILE" };

    /// <summary>What recognises, and how its words are shown.</summary>
    public static SettingOptions Recognition() => new SettingOptions()
        .Add<string>("--model", "model:name", "Model that recognises ('captions models list'); auto, the default, takes the best that this machine holds in time.", "NAME")
        .Add<string>("--final-model", "model:final", "A stronger model that hears each sentence again once it has ended.", "NAME")
        .Add<string>("--language", "model:language", "The language spoken: de, de-AT or German (default: a model of many languages finds out; the others know English).", "LANGUAGE")
        .Add<double>("--cpu", "model:cpu", "Cores that recognition may use, 0.1 and up; below 1 words come a little later.", "N")
        .Add<int>("--threads", "model:threads", "Threads of one inference (default 1: leaves the other cores to your game).", "N")
        .Add<string>("--device", "model:device", "What computes: auto (the processor, unless another was measured to be faster here), cpu, cuda, tensorrt, directml, coreml, openvino, cann.", "DEVICE", "auto", "cpu", "cuda", "tensorrt", "directml", "coreml", "openvino", "cann")
        .Add<string>("--policy", "display:policy", "Which words are shown: steady (believed), fast (at once), finalOnly.", "POLICY", "steady", "fast", "finalOnly")
        .Add<int>("--lines", "display:lines", "Lines of the caption block (default 2).", "N")
        .Add<int>("--columns", "display:columns", "Columns of a line (default 42).", "N")
        .Add<string>("--block", "blockList:action", "What happens to words of the block list: mask, drop, replace.", "ACTION", "mask", "drop", "replace")
        .AddSwitch("--no-block-list", "blockList:enabled", false, "Show every word as it was said.")
        .AddSwitch("--offline", "model:offline", true, "Never use the network.");

    /// <summary>What recognises recordings, and which words are kept back.</summary>
    public static SettingOptions Files() => new SettingOptions()
        .Add<string>("--model", "model:name", "Model that recognises ('captions models list'); auto, the default, takes the best that is on this machine.", "NAME")
        .Add<double>("--cpu", "model:cpu", "Cores that recognition may use, 1 and up.", "N")
        .Add<int>("--threads", "model:threads", "Threads of one inference (default: one for each core, 4 at most).", "N")
        .Add<string>("--block", "blockList:action", "What happens to words of the block list: mask, drop, replace.", "ACTION", "mask", "drop", "replace")
        .AddSwitch("--no-block-list", "blockList:enabled", false, "Show every word as it was said.")
        .AddSwitch("--offline", "model:offline", true, "Never use the network.");

    /// <summary>Where captions are written.</summary>
    public static SettingOptions Sidecars() => new SettingOptions()
        .Add<string>("--out", "sidecars:folder", "Write srt, vtt and txt files, named after the start time, into this folder.", "FOLDER")
        .Add<string>("--srt", "sidecars:srt", "Write a SubRip file.", "FILE")
        .Add<string>("--vtt", "sidecars:vtt", "Write a WebVTT file.", "FILE")
        .Add<string>("--txt", "sidecars:txt", "Write a plain text file.", "FILE");

    /// <summary>OBS.</summary>
    public static SettingOptions Obs() => new SettingOptions()
        .AddSwitch("--no-obs", "obs:enabled", false, "Leave OBS alone.")
        .Add<string>("--obs-host", "obs:host", "OBS on another machine.", "HOST")
        .Add<int>("--obs-port", "obs:port", "Port of OBS's WebSocket server (default: as OBS is configured).", "PORT")
        .Add<string>("--obs-password", "obs:password", "Its password (default: as OBS is configured; CAPTIONS__OBS__PASSWORD keeps it out of the process list).", "PASSWORD")
        .Add<string>("--obs-source", "obs:source", "Text source that shows the captions (default BroadcastCaptions).", "NAME");
}
