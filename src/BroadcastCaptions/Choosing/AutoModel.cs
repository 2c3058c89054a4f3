using System.Globalization;
using BroadcastCaptions.Events;
using BroadcastCaptions.Options;
using BroadcastCaptions.Session;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Terminal;
using BroadcastCaptions.Time;
using Spectre.Console;

namespace BroadcastCaptions.Choosing;

/// <summary>
/// <c>--model auto</c>: the best model that this machine holds in time. Measures each that is here once and remembers; begins with the best that
/// holds; fetches a better one behind the scenes; changes to a faster one when the machine becomes busy, and back when it has time.
/// </summary>
internal sealed class AutoModel(ModelLoader loader, ModelOptions options, SpeedMemory memory, Func<ISpeechModel, ISpeechModel> arrange) : IAsyncDisposable
{
    private readonly CpuBudget _budget = CpuBudget.Of(options);
    private readonly ModelGovernor _governor = new();
    private readonly CancellationTokenSource _end = new();
    private List<Candidate> _candidates = [];
    private SwitchableModel? _model;
    private Action<ComponentState> _report = _ => { };
    private Task _work = Task.CompletedTask;
    private volatile string _current = "";

    /// <summary>The model that recognises now.</summary>
    public string Current => _current;

    /// <summary>The models that may be chosen: best first.</summary>
    public static IEnumerable<CatalogueModel> Choices => ModelCatalogue.Bundled.Models
        .Where(model => model is { Task: ModelTask.Recognition, Family: "moonshine" }).OrderByDescending(model => model.Size);

    /// <summary>What auto would begin with, for the user.</summary>
    public static string Describe(ModelOptions options)
    {
        var candidates = Look(new ModelStore(options), new SpeedMemory(), options);
        var first = FirstChoice.Of(candidates, CpuBudget.Of(options).Share);
        var unknown = candidates.Count(candidate => candidate.IsInstalled) > 1 && candidates.Exists(candidate => candidate is { IsInstalled: true, Cost: null });
        return unknown ? "auto measures this machine at the next start, and takes the best that holds." : $"auto begins with {first.Name}{Why(first)}.";
    }

    /// <summary>Loads the model to begin with; the caller owns it.</summary>
    /// <param name="live">Does anybody wait for the words? Else the best is taken, however slow.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Failures.CaptionsException">None is here, and none is to be had.</exception>
    public async Task<SwitchableModel> BeginAsync(bool live, CancellationToken cancellation)
    {
        _candidates = Look(loader.Store, memory, options);
        if (live) await MeasureInstalledAsync(cancellation);
        var first = live ? FirstChoice.Of(_candidates, _budget.Share) : FirstChoice.Best(_candidates);
        var loaded = await loader.ModelAsync(first.Name, cancellation);
        if ((live || options.Device != Device.Cpu) && first.Cost is null) Know(first, await MeasureAsync(first, loaded, cancellation));
        _current = first.Name;
        return _model = new SwitchableModel(arrange(loaded));
    }

    /// <summary>The session has begun: says what recognises, and fetches what would be better.</summary>
    public void Start(Action<ComponentState> report)
    {
        _report = report;
        var chosen = Of(_current);
        if (!options.Offline && FirstChoice.WorthFetching(_candidates, chosen, _budget.Share) is { } better) _work = Task.Run(() => FetchAsync(better));
        else Say(Health.Ok, $"{_current} recognises{Why(chosen)}.");
    }

    /// <summary>Looks whether another model would be right now. The loop's thread, a few times a second.</summary>
    public void Watch(MediaTime now, RecognizerLoad load)
    {
        if (_model is null || !_work.IsCompleted) return;
        var ladder = Ladder();
        var at = ladder.FindIndex(rung => rung.Name == _current);
        if (at < 0) return;
        var better = at > 0 ? ladder[at - 1] : null;
        switch (_governor.Look(now.Seconds, load, faster: at < ladder.Count - 1, better?.Cost / ladder[at].Cost))
        {
            case Step.Down:
                var rare = load.PartialNeeded;
                _work = Task.Run(() => ChangeAsync(ladder[at + 1], Health.Degraded, $"recognises for now: with {_current} words came too late (a partial every {Seconds(rare)})"));
                break;
            case Step.Up:
                _work = Task.Run(() => ChangeAsync(better!, Health.Ok, "recognises: the machine has time for it"));
                break;
        }
    }

    /// <summary>Ends what goes on behind the scenes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it was to end
        _end.Dispose();
    }

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    private static string Why(Candidate chosen) => chosen.Cost is { } cost ? $": a partial takes {Seconds(cost)} here" : "";

    /// <summary>What there is to change to: here, measured, and fast enough on a machine with time; the fastest in any case.</summary>
    private List<Candidate> Ladder()
    {
        var here = _candidates.FindAll(candidate => candidate is { IsInstalled: true, Cost: not null });
        return here.FindAll(candidate => candidate == here[^1] || candidate.Name == _current || LatencyTarget.Holds(candidate.Cost!.Value, _budget.Share));
    }

    private Candidate Of(string name) => _candidates.Find(candidate => candidate.Name == name)!;

    private static List<Candidate> Look(ModelStore store, SpeedMemory memory, ModelOptions options)
    {
        var threads = CpuBudget.Of(options).Threads;
        var here = store.List().Where(status => status.State == InstallState.Installed).Select(status => status.Model.Name).ToHashSet();
        return [.. Choices.Select(model => new Candidate(model, here.Contains(model.Name), memory.Find(model, threads, options.Device)))];
    }

    private void Know(Candidate candidate, double cost) =>
        _candidates = _candidates.ConvertAll(known => known.Name == candidate.Name ? known with { IsInstalled = true, Cost = cost } : known);

    private async Task MeasureInstalledAsync(CancellationToken cancellation)
    {
        var unknown = _candidates.FindAll(candidate => candidate is { IsInstalled: true, Cost: null });
        if (unknown.Count == 0 || _candidates.Count(candidate => candidate.IsInstalled) < 2) return; // one alone is no choice
        Screen.Console.WriteLine("Measuring how fast this machine recognises; only the first start does.");
        foreach (var candidate in unknown)
        {
            using var model = await loader.ModelAsync(candidate.Name, cancellation);
            Know(candidate, await MeasureAsync(candidate, model, cancellation));
        }
    }

    private async Task<double> MeasureAsync(Candidate candidate, ISpeechModel model, CancellationToken cancellation)
    {
        var cost = await SpeedProbe.MeasureAsync(model, cancellation);
        memory.Keep(candidate.Model, _budget.Threads, cost, options.Device);
        return cost;
    }

    private async Task FetchAsync(Candidate better)
    {
        try
        {
            var megabytes = better.Model.Size / 1e6;
            Say(Health.Ok, $"{_current} recognises; {better.Name}, which hears better, is being fetched ({megabytes.ToString("0", CultureInfo.InvariantCulture)} MB).");
            var folder = await loader.Store.EnsureAsync(better.Name, progress: null, _end.Token);
            var model = loader.Load(better.Model, folder);
            var cost = better.Cost ?? await MeasureAsync(better, model, _end.Token);
            Know(better, cost);
            if (LatencyTarget.Holds(cost, _budget.Share)) Take(better.Name, model, Health.Ok, $"recognises from now on{Why(Of(better.Name))}");
            else
            {
                model.Dispose();
                Say(Health.Ok, $"{_current} recognises: {better.Name} would be too slow here{Why(Of(better.Name))}.");
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Say(Health.Ok, $"{_current} recognises; {better.Name}, which hears better, is not to be had: {e.Message}");
        }
    }

    private async Task ChangeAsync(Candidate to, Health health, string why)
    {
        try
        {
            Take(to.Name, loader.Load(to.Model, await loader.Store.EnsureAsync(to.Name, progress: null, _end.Token)), health, why);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _candidates = _candidates.FindAll(candidate => candidate.Name != to.Name);
            Say(Health.Degraded, $"{_current} goes on, for {to.Name} cannot be loaded: {e.Message}");
        }
    }

    private void Take(string name, ISpeechModel model, Health health, string why)
    {
        _model!.Replace(arrange(model));
        _current = name;
        Say(health, $"{name} {why}.");
    }

    private void Say(Health health, string sentence) => _report(new ComponentState("model", health, sentence));
}
