using System.CommandLine;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>Which engine is measured, and how often.</summary>
internal sealed class EngineOptions
{
    private readonly Option<string> _model = new("--model") { Description = "Model, already fetched.", DefaultValueFactory = _ => "moonshine-tiny" };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads of one inference.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "How often it runs.", DefaultValueFactory = _ => 3 };
    private readonly Option<double> _every = new("--partial-every") { Description = "Seconds between partials.", DefaultValueFactory = _ => 0.2 };
    private readonly Option<double> _cap = new("--longest") { Description = "Longest segment in seconds.", DefaultValueFactory = _ => 8 };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_model, _threads, _rounds, _every, _cap]) command.Options.Add(option);
    }

    /// <summary>The model's name.</summary>
    public string Model(ParseResult result) => result.GetValue(_model)!;

    /// <summary>Threads of one inference.</summary>
    public int Threads(ParseResult result) => result.GetValue(_threads);

    /// <summary>How often it runs.</summary>
    public int Rounds(ParseResult result) => Math.Max(1, result.GetValue(_rounds));

    /// <summary>How speech is cut and how often it is recognised.</summary>
    public SpeechOptions Speech(ParseResult result) => new() { PartialEvery = result.GetValue(_every), MaximumSegment = result.GetValue(_cap) };
}
