using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.Session;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs;

/// <summary>
/// Keeps a connection to OBS for as long as it lives: OBS may start late, close and come back; its participants resume by
/// themselves. Waits 0.5 s after the first failure, up to 10 s later. After a wrong password it waits until the password or
/// OBS's configuration changes, after a kick until <see cref="Retry"/>.
/// </summary>
public sealed class ObsSession : IAsyncDisposable
{
    private const ObsEvents Wanted = ObsEvents.General | ObsEvents.Config | ObsEvents.Scenes | ObsEvents.Inputs;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConfigurationPoll = TimeSpan.FromSeconds(1);

    private readonly Func<ObsConfiguration> _find;
    private readonly IReadOnlyList<IObsParticipant> _participants;
    private readonly Action<ComponentState> _report;
    private readonly StateReporter _states;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Backoff _backoff = new(FirstWait, LongestWait, Random.Shared.NextDouble);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _retry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <summary>A session that is not started.</summary>
    /// <param name="options">Address and password where they are given; else they are read from OBS's configuration, anew for each attempt.</param>
    /// <param name="participants">Who works with each connection.</param>
    /// <param name="report">Told of every change of state; any thread.</param>
    /// <param name="time">For waits and timestamps.</param>
    public ObsSession(ObsOptions options, IReadOnlyList<IObsParticipant> participants, Action<ComponentState> report, TimeProvider time)
        : this(() => ObsConfiguration.Find(options), participants, report, time)
    {
    }

    internal ObsSession(Func<ObsConfiguration> find, IReadOnlyList<IObsParticipant> participants, Action<ComponentState> report, TimeProvider time) =>
        (_find, _participants, _report, _states, _time) = (find, participants, report, new StateReporter(report), time);

    /// <summary>The connection of this moment; null while there is none.</summary>
    public ObsClient? Client { get; private set; }

    /// <summary>
    /// Completes when it is known how things stand: every participant is ready, or the first attempt failed. To be awaited
    /// before the first words are recognised, so that a muted microphone is known to be muted.
    /// </summary>
    public Task Settled => _settled.Task;

    /// <summary>Begins to connect; returns at once.</summary>
    public void Start() => _running = Task.Run(SuperviseAsync);

    /// <summary>The user says so: try again now, also after a wrong password or a kick.</summary>
    public void Retry() =>
        Interlocked.Exchange(ref _retry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Ends the connection and the attempts.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var configuration = _find();
            try
            {
                var failure = await ConnectAndServeAsync(configuration.Endpoint);
                if (_stop.IsCancellationRequested) return;
                _states.Report(ObsStates.Describe(failure, configuration));
                _settled.TrySetResult();
                await WaitAsync(failure.Failure, configuration);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<ObsConnectionException> ConnectAndServeAsync(ObsEndpoint endpoint)
    {
        try
        {
            await using var client = await ObsClient.ConnectAsync(endpoint, Wanted, _time, _stop.Token);
            var version = await ObsVersion.AskAsync(client, _stop.Token);
            _backoff.Reset();
            Client = client;
            _states.Report(ObsStates.Connected(version));
            return await ServeAsync(client);
        }
        catch (ObsConnectionException e)
        {
            return e;
        }
        catch (Exception e) when (e is TimeoutException or ObsRequestException)
        {
            return new ObsConnectionException(ObsFailure.Lost, "OBS greets, but does not answer.", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ObsConnectionException(ObsFailure.Lost, $"OBS cannot be talked to: {e.Message}", e); // whatever it is, the show goes on, and it is tried again
        }
        finally
        {
            Client = null;
        }
    }

    private async Task<ObsConnectionException> ServeAsync(ObsClient client)
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var runs = _participants.Select(participant => new ParticipantRun(participant, _report, _time)).ToList();
        var running = runs.Select(run => run.RunAsync(client, connection.Token)).ToList();
        _ = Task.WhenAll(runs.Select(run => run.Ready)).ContinueWith(_ => _settled.TrySetResult(), TaskScheduler.Default);
        try
        {
            await foreach (var obsEvent in client.Events.ReadAllAsync(_stop.Token))
                if (!runs.TrueForAll(run => run.TryPass(obsEvent))) client.Abort(); // a lost event may be a lost mute: ask anew
            return await client.Closed;
        }
        finally
        {
            await connection.CancelAsync();
            await Task.WhenAll(running);
        }
    }

    private async Task WaitAsync(ObsFailure failure, ObsConfiguration failed)
    {
        var retry = _retry.Task;
        if (failure is ObsFailure.Kicked)
        {
            await retry.WaitAsync(_stop.Token);
        }
        else if (failure is ObsFailure.WrongPassword)
        {
            while (!retry.IsCompleted && IsSame(failed, _find())) await DelayAsync(ConfigurationPoll, retry);
        }
        else
        {
            await DelayAsync(_backoff.Next(), retry);
        }
    }

    private async Task DelayAsync(TimeSpan wait, Task retry)
    {
        await Task.WhenAny(Task.Delay(wait, _time, _stop.Token), retry);
        _stop.Token.ThrowIfCancellationRequested();
    }

    private static bool IsSame(ObsConfiguration a, ObsConfiguration b) => a.Endpoint == b.Endpoint && a.Stamp == b.Stamp;
}
