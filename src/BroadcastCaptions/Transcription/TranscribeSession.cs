using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Library;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Session;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Terminal;

namespace BroadcastCaptions.Transcription;

/// <summary>'captions transcribe' from start to end: a recording that fails does not hold up the others, and what is finished stays.</summary>
internal sealed class TranscribeSession
{
    private readonly TranscribeRequest _request;
    private readonly ITextFilter _filter;
    private readonly StopSignal _signal;
    private readonly FilesView _view;
    private readonly List<JobResult> _results = [];
    private ResultDocument? _document;

    private TranscribeSession(TranscribeRequest request, StopSignal signal, FilesView view)
    {
        (_request, _signal, _view) = (request, signal, view);
        _filter = TextFilters.From(request.Options.BlockList, new Counters());
    }

    /// <summary>Runs a request to its end.</summary>
    /// <exception cref="CaptionsException">What was asked for cannot be begun.</exception>
    public static async Task<ExitCode> RunAsync(TranscribeRequest request, CancellationToken cancellation)
    {
        NativeHeap.KeepMuch();
        using var signal = new StopSignal(cancellation);
        var engine = EngineOptions(request);
        var model = Transcriber.Choose(request.Options.Model.Name, engine, request.Wanted).Name;
        var jobs = JobPlan.Of(request.Inputs, request.Folder, request.Formats);
        MakeFolder(request.Folder);
        var waiting = jobs.Where(job => request.Overwrite || job.Missing.Count > 0).ToArray();
        using var transcriber = waiting.Any(job => File.Exists(job.Path))
            ? await Downloads.RunAsync(progress => Transcriber.LoadAsync(model, engine, progress, signal.Token))
            : null;
        return await FilesView.RunAsync(waiting.Sum(job => job.Weight), waiting.Length, view => new TranscribeSession(request, signal, view).RunAsync(jobs, transcriber));
    }

    private async Task<ExitCode> RunAsync(IReadOnlyList<Job> jobs, Transcriber? transcriber)
    {
        using (_document = _request.Json ? new ResultDocument() : null)
        {
            foreach (var job in jobs)
            {
                if (_signal.Interrupted) break;
                await RunAsync(job, transcriber);
            }
        }

        _view.Sum(_results, jobs.Count);
        return Verdict();
    }

    private async Task RunAsync(Job job, Transcriber? transcriber)
    {
        var formats = _request.Overwrite ? job.Formats : job.Missing;
        if (formats.Count == 0)
        {
            File.Delete(job.JournalPath);
            Note(new JobResult(job, JobState.Skipped, [.. job.Formats.Select(job.Output)]));
            return;
        }

        _view.Begin(job);
        try
        {
            // Only a file that is not there comes here without a model, and opening it says so.
            if (transcriber is null) await using (await Recording.OpenAsync(job.Path, cancellation: _signal.Token)) return;
            var result = await new JobRunner(transcriber, _request.Wanted, _filter, TimeProvider.System).RunAsync(
                job, formats, _view, journal => Outcome.GoesOn(job, journal), (done, finals) => _document?.Add(done, finals), _signal.Token);
            _results.Add(result);
            _view.End(result);
        }
        catch (OperationCanceledException) when (_signal.Interrupted)
        {
            Note(new JobResult(job, JobState.Interrupted, []));
        }
        catch (CaptionsException failure)
        {
            Note(new JobResult(job, JobState.Failed, [], Failure: failure));
        }
    }

    private void Note(JobResult result)
    {
        _results.Add(result);
        _document?.Add(result, []);
        _view.End(result);
    }

    private ExitCode Verdict()
    {
        var failures = _results.FindAll(result => result.State == JobState.Failed);
        if (failures.Count == 0) return _signal.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
        return failures.Count == _results.Count && failures.TrueForAll(result => result.Failure!.Code == ExitCode.Usage) ? ExitCode.Usage : ExitCode.Failed;
    }

    private static TranscriberOptions EngineOptions(TranscribeRequest request)
    {
        var model = request.Options.Model;
        return new()
        {
            ModelFolder = model.Folder,
            Offline = model.Offline,
            Threads = model.Threads is null && model.Cpu is null ? null : CpuBudget.Of(model).Threads,
            Speech = request.Options.Speech,
        };
    }

    private static void MakeFolder(string? folder)
    {
        try
        {
            if (folder is not null) Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CaptionsException($"The folder {folder} cannot be made: {e.Message}", "Name a folder that you may write to.", inner: e);
        }
    }
}
