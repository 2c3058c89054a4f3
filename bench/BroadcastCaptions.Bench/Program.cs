using System.CommandLine;
using BroadcastCaptions.Bench.Accuracy;
using BroadcastCaptions.Bench.Curve;
using BroadcastCaptions.Bench.Files;
using BroadcastCaptions.Bench.Latency;
using BroadcastCaptions.Bench.Load;
using BroadcastCaptions.Bench.Memory;
using BroadcastCaptions.Bench.Micro;
using BroadcastCaptions.Bench.Noise;
using BroadcastCaptions.Bench.Plugin;
using BroadcastCaptions.Bench.Speed;
using BroadcastCaptions.Bench.Taps;
using BroadcastCaptions.Bench.Tuning;
using BroadcastCaptions.Bench.Voices;

var root = new RootCommand("Measures the product as its users run it: every number that the README quotes comes from here.")
{
    LatencyCommand.Create(), AccuracyCommand.Create(), GreedyCommand.Create(), MemoryCommand.Create(), TuneCommand.Create(),
    SpeedCommand.CreateRtf(), SpeedCommand.CreateStream(), PartsCommand.Create(), PeersCommand.Create(), EngineCommand.Create(),
    FilesCommand.Create(), WhisperCommand.Create(), TapsCommand.Create(), LoadCommand.Create(), CurveCommand.Create(), DistilCommand.Create(), NoiseCommand.Create(),
    PluginCommand.Create(), VoicesCommand.Create(), MicroCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
